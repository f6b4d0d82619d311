// Leaky integrate-and-fire neurons with exponential synaptic currents, in the exact propagator form of Rotter & Diesmann (1999).
import { type Int, lookup } from '../kernel/expression.ts';
import { clamped, product, share, stateMax } from '../kernel/fixed-point.ts';
import { type NeuronModel, neuronModel } from './neuron-model.ts';

const parameters = [
  'bias',
  'threshold',
  'reset',
  'refractorySteps',
  'leakMantissa',
  'leakShift',
  'driveLossMantissa',
  'driveLossShift',
  'gainMantissa',
  'gainShift',
  'noise',
] as const;
export type LifParameter = (typeof parameters)[number];
const state = ['potential', 'drive', 'refractory'] as const;

/**
 * τm du/dt = −(u − bias) + I with u the potential above rest, τs dI/dt = −I, a threshold, a reset and a refractory time: a step adds no error
 * of integration, only a grid for spikes. An arriving spike adds its weight to `drive`, a current whose lone effect on the membrane peaks
 * at that weight. Noise is a membrane current, white on the grid. All of it in mV, Q16.
 */
function lifModel(hasNoise: boolean): NeuronModel<(typeof state)[number], 'received', LifParameter> {
  return neuronModel(
    { name: hasNoise ? 'noisyLif' : 'lif', state, receptors: ['received'], parameters, isRandom: hasNoise },
    (before) => {
      const { potential, refractory, bias, threshold } = before;
      const driven = before.drive.plus(before.received);
      const current = clamped(driven, stateMax);
      const leak = share(potential.minus(bias), before.leakMantissa, before.leakShift);
      const quiet = potential.minus(leak).plus(share(current, before.gainMantissa, before.gainShift));
      const integrated = hasNoise ? quiet.plus(product(normal(before.randomBits), before.noise)) : quiet;
      const isRefractory = refractory.isAbove(0);
      const fires = isRefractory.not.and(integrated.isAtLeast(threshold));
      const settled = fires.select(before.reset, clamped(integrated, stateMax));
      return {
        next: {
          potential: isRefractory.select(potential, settled),
          drive: current.minus(share(current, before.driveLossMantissa, before.driveLossShift)),
          refractory: isRefractory.select(refractory.minus(1), fires.select(before.refractorySteps, 0)),
        },
        fires,
        isSaturated: isBeyond(driven).or(isBeyond(integrated)),
      };
    },
  );
}

const isBeyond = (value: Int) => value.isAbove(stateMax).or(value.isBelow(-stateMax));

/** A normal deviate in Q16 from 32 random bits: the sum of two quantiles. */
const normal = (randomBits: Int) =>
  lookup('normalTable', randomBits.and(0xfff)).plus(lookup('normalTable', randomBits.shiftRightLogical(20)));

export const lif = lifModel(false);
export const noisyLif = lifModel(true);
