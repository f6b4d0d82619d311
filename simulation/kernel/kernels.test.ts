import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { ruleModels } from '../learning/rule-models.ts';
import { neuronModels } from '../models/neuron-models.ts';
import { writeCppFunctions, writeCppKernels } from './cpp-kernels.ts';
import { writeRuleKernels, writeShortTermKernels, writeStepKernels } from './typescript-kernels.ts';
import { writeWgslRuleKernels, writeWgslShortTerm, writeWgslStepKernels } from './wgsl-kernels.ts';

const fileOf = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

it.each([
  ['typescript/step-kernels', writeStepKernels(neuronModels)],
  ['typescript/rule-kernels', writeRuleKernels(ruleModels)],
  ['typescript/short-term-kernels', writeShortTermKernels()],
  ['webgpu/step-kernels', writeWgslStepKernels(neuronModels)],
  ['webgpu/rule-kernels', writeWgslRuleKernels(ruleModels)],
  ['webgpu/short-term-part', writeWgslShortTerm()],
])('the kernels in %s are what models and rules say', async (name, text) => {
  const file = fileOf(`simulation/backend/${name}.ts`);
  const formatted = await format(text, { ...(await resolveConfig(file)), parser: 'typescript' });
  await expect(formatted).toMatchFileSnapshot(file);
});

it.each([
  ['kernels', writeCppKernels(neuronModels, ruleModels)],
  ['kernel-functions', writeCppFunctions(neuronModels, ruleModels)],
])('the %s of the native back end are what models and rules say', async (name, text) => {
  await expect(text).toMatchFileSnapshot(fileOf(`native/src/${name}.hpp`));
});
