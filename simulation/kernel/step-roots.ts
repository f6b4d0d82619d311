// What a step kernel is made of, in every language; written out at build time, and in the simulation process for WebAssembly.
import type { NeuronModel } from '../models/neuron-model.ts';
import { type Int, variable } from './expression.ts';
import { mixed } from './fixed-point.ts';
import type { Language } from './language.ts';
import { type Node, Writer } from './write-out.ts';

/** A number of its own for every neuron, step and seed. */
export const randomBits: Node = mixed(
  mixed(variable('neuron').plus(variable('randomKey'))).xor(variable('stepKey')),
).node;

/** Every expression of a model's step. */
export function rootsOfStep({ step }: NeuronModel): Node[] {
  const saturation = step.isSaturated === undefined ? [] : [step.isSaturated.node];
  return [...Object.values<Int>(step.next).map(({ node }) => node), step.fires.node, ...saturation];
}

/** @returns the statements and expressions of a model's step in a language, for one neuron. */
export function writeStep(model: NeuronModel, language: Language) {
  const { state, isRandom, step } = model;
  const writer = new Writer(language, rootsOfStep(model));
  const next = state.map((each) => writer.text(step.next[each]!.node));
  const fires = writer.text(step.fires.node);
  const isSaturated = step.isSaturated && writer.text(step.isSaturated.node);
  const random = isRandom ? new Writer(language, [randomBits]).text(randomBits) : undefined;
  return { statements: writer.statements, next, fires, isSaturated, random };
}
