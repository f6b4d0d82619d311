// What rules have in common that differ only in the way by which errors reach a layer.
import type { Pathway, RuleDeclaration, RuleParameter } from '../declaration.ts';
import { learningRate } from './rate-parameters.ts';

/** @param pathway over which the error comes. @param parameters beside the learning rate */
export const errorDriven = (
  about: Pick<RuleDeclaration, 'name' | 'title' | 'about' | 'sources'>,
  pathway: Pathway,
  parameters: Readonly<Record<string, RuleParameter>> = {},
): RuleDeclaration => ({
  ...about,
  form: 'rate',
  parameters: { learningRate: learningRate(0.05), ...parameters },
  pre: { x: { kind: 'value', label: 'Rate of the sender', unit: '' } },
  post: { slope: { kind: 'value', label: 'Slope of the activation at the drive', unit: '' } },
  thirdFactors: { error: { label: 'Error that reaches the neuron', unit: '', pathway } },
  synapse: {},
  bounds: {},
  on: { step: { w: 'w - eta * error * slope * x' } },
});
