import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { ruleModels } from '../learning/rule-models.ts';
import { neuronModels } from '../models/neuron-models.ts';
import { writeRuleKernels, writeStepKernels } from './typescript-kernels.ts';

it.each([
  ['step-kernels', writeStepKernels(neuronModels)],
  ['rule-kernels', writeRuleKernels(ruleModels)],
])('the %s of the TypeScript back end are what models and rules say', async (name, text) => {
  const file = fileURLToPath(new URL(`../backend/typescript/${name}.ts`, import.meta.url));
  const formatted = await format(text, { ...(await resolveConfig(file)), parser: 'typescript' });
  await expect(formatted).toMatchFileSnapshot(file);
});
