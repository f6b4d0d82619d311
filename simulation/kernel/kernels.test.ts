import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { ruleModels } from '../learning/rule-models.ts';
import { neuronModels } from '../models/neuron-models.ts';
import { writeCppKernels } from './cpp-kernels.ts';
import { writeRuleKernels, writeStepKernels } from './typescript-kernels.ts';

const fileOf = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

it.each([
  ['step-kernels', writeStepKernels(neuronModels)],
  ['rule-kernels', writeRuleKernels(ruleModels)],
])('the %s of the TypeScript back end are what models and rules say', async (name, text) => {
  const file = fileOf(`simulation/backend/typescript/${name}.ts`);
  const formatted = await format(text, { ...(await resolveConfig(file)), parser: 'typescript' });
  await expect(formatted).toMatchFileSnapshot(file);
});

it('the kernels of the native back end are what models and rules say', async () => {
  await expect(writeCppKernels(neuronModels, ruleModels)).toMatchFileSnapshot(fileOf('native/src/kernels.hpp'));
});
