// Adaptive exponential integrate-and-fire neurons (Brette & Gerstner 2005) with exponential synaptic currents.
import { clamped, product, share, stateMax } from '../kernel/fixed-point.ts';
import { exponential } from './interpolate.ts';
import { lifParameters } from './lif.ts';
import { isBeyond, membraneMax, spikeOf } from './membrane.ts';
import { type NeuronModel, neuronModel } from './neuron-model.ts';
import { backgroundInput, type Chance, chances, kernelName, normalNoise } from './noise.ts';
import { currentOf } from './synaptic-current.ts';

export const adexParameters = [
  ...lifParameters,
  'peak',
  'perSlope',
  'upswingMantissa',
  'upswingShift',
  'adaptation',
  'adaptationLossMantissa',
  'adaptationLossShift',
  'adaptationJump',
] as const;

/**
 * τm du/dt = −(u − bias) + ΔT exp((u − threshold) / ΔT) − w + I, τw dw/dt = a u − w, with u the potential above rest and w in mV, and
 * I as for leaky integrate-and-fire neurons; a potential of `peak` or more is a spike, which resets u and adds `adaptationJump` to w. The
 * leak is exact, the upswing by Euler: `upswing` is 1/8 of the share of a step times ΔT, `perSlope` 1 / ΔT in Q16.
 */
function adex(chance: Chance): NeuronModel {
  const { hasNoise, hasBackground } = chance;
  return neuronModel(
    {
      name: kernelName('adex', chance),
      state: ['potential', 'refractory', 'excitatoryCurrent', 'inhibitoryCurrent', 'adapted'],
      receptors: ['excitatoryReceived', 'inhibitoryReceived'],
      parameters: adexParameters,
      isRandom: hasNoise || hasBackground,
    },
    (before) => {
      const { potential, adapted, randomBits } = before;
      const further = hasBackground ? backgroundInput(randomBits, before.backgroundWeight) : undefined;
      const excitation = currentOf('excitatory', before, further);
      const inhibition = currentOf('inhibitory', before);
      const leak = share(
        clamped(potential.minus(before.bias).plus(adapted), stateMax),
        before.leakMantissa,
        before.leakShift,
      );
      const above = exponential(product(potential.minus(before.threshold), before.perSlope));
      const upswing = share(above, before.upswingMantissa, before.upswingShift).shiftLeft(3);
      const quiet = potential.minus(leak).plus(excitation.effect).plus(inhibition.effect).plus(upswing);
      const integrated = hasNoise ? quiet.plus(normalNoise(randomBits, before.noise)) : quiet;
      const bounded = clamped(integrated, membraneMax);
      const spike = spikeOf(before, integrated.isAtLeast(before.peak), bounded);
      const towards = product(potential, before.adaptation).minus(adapted);
      const adapting = adapted
        .plus(share(clamped(towards, stateMax), before.adaptationLossMantissa, before.adaptationLossShift))
        .plus(spike.fires.select(before.adaptationJump, 0));
      return {
        next: {
          potential: spike.potential,
          refractory: spike.refractory,
          excitatoryCurrent: excitation.next,
          inhibitoryCurrent: inhibition.next,
          adapted: clamped(adapting, stateMax),
        },
        fires: spike.fires,
        // Far above the peak is a spike like any other.
        isSaturated: excitation.isSaturated
          .or(inhibition.isSaturated)
          .or(integrated.isBelow(-membraneMax))
          .or(isBeyond(adapting, stateMax)),
      };
    },
  );
}

export const adexModels: readonly NeuronModel[] = chances.map(adex);
