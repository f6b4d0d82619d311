// Izhikevich's neurons (2003), stepped by Euler, with synaptic input spread over an exponential.
import { clamped, product, share, stateMax } from '../kernel/fixed-point.ts';
import { isBeyond } from './membrane.ts';
import { type NeuronModel, neuronModel } from './neuron-model.ts';
import { kernelName, normalNoise } from './noise.ts';
import { currentOf, currentParameters } from './synaptic-current.ts';

export const izhikevichParameters = [
  'stepMantissa',
  'stepShift',
  'recoveryMantissa',
  'recoveryShift',
  'sensitivity',
  'reset',
  'jump',
  'peak',
  'bias',
  'noise',
  ...currentParameters,
] as const;

/** Potentials stay within ±180 mV: with them all terms fit. */
const membraneMax = 180 * 0x10000;
/** 0.04 in units of 2⁻²⁰ and 140 in Q16. */
const [curvature, offset] = [{ mantissa: 20_972, shift: 5 }, 140 * 0x10000] as const;

/**
 * dv/dt = 0.04 v² + 5 v + 140 − u + I, du/dt = a (b v − u), v in mV and time in ms; a potential of `peak` or more is a spike, which
 * sets v to c and adds d to u. An arriving spike adds its weight to v, spread over the synaptic time constant.
 */
function izhikevich(hasNoise: boolean): NeuronModel {
  return neuronModel(
    {
      name: kernelName('izhikevich', { hasNoise, hasBackground: false }),
      state: ['potential', 'recovery', 'excitatoryCurrent', 'inhibitoryCurrent'],
      receptors: ['excitatoryReceived', 'inhibitoryReceived'],
      parameters: izhikevichParameters,
      isRandom: hasNoise,
    },
    (before) => {
      const { potential, recovery } = before;
      const [excitation, inhibition] = [currentOf('excitatory', before), currentOf('inhibitory', before)];
      const slope = product(share(potential, curvature.mantissa, curvature.shift), potential)
        .plus(potential.times(5))
        .plus(offset)
        .minus(recovery)
        .plus(before.bias);
      const quiet = potential
        .plus(share(clamped(slope, stateMax), before.stepMantissa, before.stepShift))
        .plus(excitation.effect)
        .plus(inhibition.effect);
      const integrated = hasNoise ? quiet.plus(normalNoise(before.randomBits, before.noise)) : quiet;
      const fires = integrated.isAtLeast(before.peak);
      const towards = product(before.sensitivity, potential).minus(recovery);
      const recovering = recovery
        .plus(share(clamped(towards, stateMax), before.recoveryMantissa, before.recoveryShift))
        .plus(fires.select(before.jump, 0));
      return {
        next: {
          potential: fires.select(before.reset, clamped(integrated, membraneMax)),
          recovery: clamped(recovering, stateMax),
          excitatoryCurrent: excitation.next,
          inhibitoryCurrent: inhibition.next,
        },
        fires,
        isSaturated: excitation.isSaturated
          .or(inhibition.isSaturated)
          .or(integrated.isBelow(-membraneMax))
          .or(isBeyond(recovering, stateMax)),
      };
    },
  );
}

export const izhikevichModels: readonly NeuronModel[] = [izhikevich(false), izhikevich(true)];
