// What integrate-and-fire membranes have in common: reset and refractory time; written once for all back ends.
import type { Bool, Int } from '../kernel/expression.ts';

/** Potentials are above rest, in mV, Q16. */
export const membraneParameters = [
  'bias',
  'threshold',
  'reset',
  'refractorySteps',
  'noise',
  'backgroundWeight',
] as const;

/** Where potentials stay within ±128 mV of rest: differences of two then fit all products. */
export const membraneMax = 2 ** 23;

type Before = Readonly<Record<'potential' | 'refractory' | 'reset' | 'refractorySteps', Int>>;

/**
 * A neuron that is not refractory and reaches its threshold fires, is reset and rests for the refractory steps; its potential stays meanwhile.
 * @param reaches whether the integrated potential reaches the threshold
 * @param integrated the potential if the neuron does not fire
 */
export function spikeOf({ potential, refractory, reset, refractorySteps }: Before, reaches: Bool, integrated: Int) {
  const isRefractory = refractory.isAbove(0);
  const fires = isRefractory.not.and(reaches);
  return {
    fires,
    potential: fires.select(reset, isRefractory.select(potential, integrated)),
    refractory: fires.select(refractorySteps, isRefractory.select(refractory.minus(1), 0)),
  };
}

export const isBeyond = (value: Int, bound: number): Bool => value.isAbove(bound).or(value.isBelow(-bound));
