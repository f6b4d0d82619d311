import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { neuronModels } from '../models/neuron-models.ts';
import { writeCppFunctions } from './cpp-functions.ts';
import { writeCppStepKernels } from './cpp-step-kernels.ts';
import { writeCppUsualKernels } from './cpp-usual-kernels.ts';
import { writeShortTermKernels, writeStepKernels } from './typescript-kernels.ts';
import { writeWgslShortTerm, writeWgslStepKernels } from './wgsl-kernels.ts';

const fileOf = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

it.each([
  ['typescript/step-kernels', writeStepKernels(neuronModels)],
  ['typescript/short-term-kernels', writeShortTermKernels()],
  ['webgpu/step-kernels', writeWgslStepKernels(neuronModels)],
  ['webgpu/short-term-part', writeWgslShortTerm()],
])('the kernels in %s are what the models say', async (name, text) => {
  const file = fileOf(`simulation/backend/${name}.ts`);
  const formatted = await format(text, { ...(await resolveConfig(file)), parser: 'typescript' });
  await expect(formatted).toMatchFileSnapshot(file);
});

it.each([
  ['step-kernels', writeCppStepKernels(neuronModels)],
  ['usual-kernels', writeCppUsualKernels(neuronModels)],
  ['kernel-functions', writeCppFunctions(neuronModels)],
])('the %s of the native back end are what the models say', async (name, text) => {
  await expect(text).toMatchFileSnapshot(fileOf(`native/src/${name}.hpp`));
});
