// What a step kernel is made of, in every language; build time only.
import type { NeuronModel } from '../models/neuron-model.ts';
import { type Int, variable } from './expression.ts';
import { mixed } from './fixed-point.ts';
import type { Node } from './write-out.ts';

/** A number of its own for every neuron, step and seed. */
export const randomBits: Node = mixed(
  mixed(variable('neuron').plus(variable('randomKey'))).xor(variable('stepKey')),
).node;

/** Every expression of a model's step. */
export function rootsOfStep({ step }: NeuronModel): Node[] {
  const saturation = step.isSaturated === undefined ? [] : [step.isSaturated.node];
  return [...Object.values<Int>(step.next).map(({ node }) => node), step.fires.node, ...saturation];
}
