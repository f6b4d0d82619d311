// Neurons of a mean rate: a filtered input, a threshold-linear rate, and sixteenths of spikes as often as the rate says.
import { clamped, share, stateMax } from '../kernel/fixed-point.ts';
import { type NeuronModel, neuronModel } from './neuron-model.ts';
import { kernelName, normalNoise } from './noise.ts';

export const rateParameters = [
  'bias',
  'threshold',
  'noise',
  'leakMantissa',
  'leakShift',
  'gainMantissa',
  'gainShift',
  'most',
] as const;

/** Units of `due`: a whole spike has 2²⁴. */
export const spikeUnit = 2 ** 24;
const sixteenth = 20;
/** Depolarisation above threshold beyond which the rate grows no further. */
const aboveMax = 256 * 0x10000;

/**
 * τ dx/dt = −(x − bias), and an arriving spike adds its weight to x (mV, Q16); the rate is gain · (x − threshold), from 0 to `most`. What is
 * due of the next spike grows by rate · dt each step; every full sixteenth is sent at once (`sent`, in units of 2⁻¹⁵ of a spike), so
 * that a receiver gets the rate times the weight, and the neuron counts as firing whenever another whole spike has been sent.
 */
function rate(hasNoise: boolean): NeuronModel {
  return neuronModel(
    {
      name: kernelName('rate', { hasNoise, hasBackground: false }),
      state: ['potential', 'due', 'sent'],
      receptors: ['received'],
      parameters: rateParameters,
      isRandom: hasNoise,
      graded: 'sent',
    },
    (before) => {
      const { potential, due, bias } = before;
      const leak = share(potential.minus(bias), before.leakMantissa, before.leakShift);
      const quiet = potential.minus(leak).plus(before.received);
      const driven = hasNoise ? quiet.plus(normalNoise(before.randomBits, before.noise)) : quiet;
      const filtered = clamped(driven, stateMax);
      const above = clamped(filtered.minus(before.threshold), aboveMax);
      const wanted = share(above, before.gainMantissa, before.gainShift).shiftLeft(6);
      const ready = above.isAbove(0).select(wanted.isAbove(before.most).select(before.most, wanted), 0);
      const total = due.plus(ready);
      const [sentBefore, sentNow] = [due.shiftRight(sixteenth), total.shiftRight(sixteenth)];
      const fires = total.isAtLeast(spikeUnit);
      return {
        next: {
          potential: filtered,
          due: total.and(spikeUnit - 1),
          sent: sentNow.minus(sentBefore).shiftLeft(11),
        },
        fires,
        isSaturated: filtered.differsFrom(driven),
      };
    },
  );
}

export const rateModels: readonly NeuronModel[] = [rate(false), rate(true)];
