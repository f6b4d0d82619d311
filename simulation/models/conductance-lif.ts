// Leaky integrate-and-fire neurons with exponential synaptic conductances, stepped by exponential Euler.
import { clamped, fromZeroTo, product27, share, stateMax } from '../kernel/fixed-point.ts';
import { relaxation, relaxationMax } from './interpolate.ts';
import { membraneMax, membraneParameters, spikeOf } from './membrane.ts';
import { type NeuronModel, neuronModel } from './neuron-model.ts';
import { backgroundInput, type Chance, chances, kernelName, normalNoise } from './noise.ts';

export const conductanceLifParameters = [
  ...membraneParameters,
  'leak',
  'excitatoryReversal',
  'inhibitoryReversal',
  'excitatoryLossMantissa',
  'excitatoryLossShift',
  'inhibitoryLossMantissa',
  'inhibitoryLossShift',
] as const;

/**
 * τm du/dt = −(u − bias) + ge (Ee − u) + gi (Ei − u) with u the potential above rest (mV, Q16) and conductances relative to the leak. A
 * conductance is kept as its share of a step, g · dt / τm in units of 2⁻²⁷, and so is `leak` (dt / τm): with z their sum and
 * J the change that a step would bring at a constant slope, the step is J (1 − e⁻ᶻ) / z, exact while the conductances stand still.
 */
function conductanceLif(chance: Chance): NeuronModel {
  const { hasNoise, hasBackground } = chance;
  return neuronModel(
    {
      name: kernelName('conductanceLif', chance),
      state: ['potential', 'refractory', 'excitatory', 'inhibitory'],
      receptors: ['excitatoryReceived', 'inhibitoryReceived'],
      parameters: conductanceLifParameters,
      isRandom: hasNoise || hasBackground,
      usually: {
        potential: [-3 * 2 ** 20, 5 * 2 ** 20 - 1],
        excitatory: [0, 2 ** 24 - 1],
        inhibitory: [0, 2 ** 26 - 1],
      },
    },
    (before) => {
      const { potential, leak, randomBits } = before;
      const further = hasBackground ? backgroundInput(randomBits, before.backgroundWeight) : 0;
      const excited = before.excitatory.plus(before.excitatoryReceived).plus(further);
      const inhibited = before.inhibitory.plus(before.inhibitoryReceived);
      const excitatory = clamped(excited, stateMax);
      const inhibitory = clamped(inhibited, stateMax);
      const slope = leak.plus(excitatory).plus(inhibitory);
      const change = product27(leak, before.bias.minus(potential))
        .plus(product27(excitatory, before.excitatoryReversal.minus(potential)))
        .plus(product27(inhibitory, before.inhibitoryReversal.minus(potential)));
      const changing = clamped(change, stateMax);
      const bounded = fromZeroTo(slope, relaxationMax - 1);
      const quiet = potential.plus(share(changing, relaxation(bounded), 1));
      const integrated = hasNoise ? quiet.plus(normalNoise(randomBits, before.noise)) : quiet;
      const potentialNext = clamped(integrated, membraneMax);
      const spike = spikeOf(before, integrated.isAtLeast(before.threshold), potentialNext);
      return {
        next: {
          potential: spike.potential,
          refractory: spike.refractory,
          excitatory: excitatory.minus(share(excitatory, before.excitatoryLossMantissa, before.excitatoryLossShift)),
          inhibitory: inhibitory.minus(share(inhibitory, before.inhibitoryLossMantissa, before.inhibitoryLossShift)),
        },
        fires: spike.fires,
        isSaturated: excitatory
          .differsFrom(excited)
          .or(inhibitory.differsFrom(inhibited))
          .or(slope.isAtLeast(relaxationMax))
          .or(changing.differsFrom(change))
          .or(potentialNext.differsFrom(integrated)),
      };
    },
  );
}

export const conductanceLifModels: readonly NeuronModel[] = chances.map(conductanceLif);
