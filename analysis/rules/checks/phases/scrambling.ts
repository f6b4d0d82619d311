// What checks of locality scramble: layers, weights and activities of a network with hidden layers of one size; analysis process.
import { Matrix } from '../../base/matrix.ts';
import type { Random } from '../../base/random.ts';
import { linear, tanh } from '../../deep/activation.ts';
import { type Layer } from '../../deep/multilayer-network.ts';
import { type Measurement } from '../check.ts';

/** Neurons of each layer; hidden layers are as large as each other, so that a wrong one can be taken without any error. */
export const sizes = [5, 6, 6, 6, 3];
export const samples = 3;
export const last = sizes.length - 2;

/** A matrix of noise for each layer, except where it is given. */
export const noise = (random: Random, given: Readonly<Record<number, Matrix>> = {}): Matrix[] =>
  sizes.slice(1).map((neurons, index) => given[index] ?? Matrix.normal(samples, neurons, 1, random));

export const layersOf = (random: Random, given: Readonly<Record<number, Layer>> = {}): Layer[] =>
  sizes.slice(1).map(
    (neurons, index) =>
      given[index] ?? {
        weights: Matrix.normal(neurons, sizes[index]!, 0.5, random),
        biases: Float64Array.from({ length: neurons }, () => random.normal()),
        activation: index === last ? linear : tanh,
      },
  );

/** Keeps what is of these layers. */
export const keep = <T>(of: readonly T[], ...indices: readonly number[]): Readonly<Record<number, T>> =>
  Object.fromEntries(indices.filter((index) => index >= 0 && index < of.length).map((index) => [index, of[index]!]));

/** @returns how many numbers differ in any bit. */
export function differing(before: Matrix, after: Matrix): Measurement {
  let value = 0;
  for (const [at, each] of before.values.entries()) value += Number(!Object.is(each, after.values[at]));
  return { value, passes: value === 0 };
}
export const worst = (all: readonly Measurement[]): Measurement => all.reduce((a, b) => (b.value > a.value ? b : a));

export const gate = 'numbers that differ in any bit = 0';
export const source = 'The declared reads and pathways of the rule';

/** Hidden layers, by their indices. */
export const hidden = [0, 1, 2];
