// Leaky integrate-and-fire neurons with exponential synaptic currents, in the exact propagator form of Rotter & Diesmann (1999).
import type { Int } from '../kernel/expression.ts';
import { clamped, share, stateMax } from '../kernel/fixed-point.ts';
import { membraneParameters, spikeOf } from './membrane.ts';
import { type NeuronModel, neuronModel } from './neuron-model.ts';
import { backgroundInput, type Chance, chances, kernelName, normalNoise } from './noise.ts';
import { currentOf, currentParameters, type Receptor } from './synaptic-current.ts';

export const lifParameters = [...membraneParameters, 'leakMantissa', 'leakShift', ...currentParameters] as const;

/**
 * τm du/dt = −(u − bias) + I with u the potential above rest, τs dI/dt = −I, a threshold, a reset and a refractory time: a step adds no error
 * of integration, only a grid for spikes. An arriving spike adds its weight to a current whose lone effect on the membrane peaks
 * at that weight. Noise is a membrane current, white on the grid. All of it in mV, Q16.
 * @param receptors one where all synapses have the same time constant
 */
function lifModel(name: string, receptors: readonly Receptor[], chance: Chance): NeuronModel {
  const { hasNoise, hasBackground } = chance;
  return neuronModel(
    {
      name: kernelName(name, chance),
      state: ['potential', 'refractory', ...receptors.map((each) => `${each}Current` as const)],
      receptors: receptors.map((each) => `${each}Received` as const),
      parameters: lifParameters,
      isRandom: hasNoise || hasBackground,
      usually: {
        excitatoryCurrent: [-(2 ** 23), 2 ** 23 - 1],
        inhibitoryCurrent: [-(2 ** 23), 2 ** 23 - 1],
      },
    },
    (before) => {
      const { potential, bias, randomBits, backgroundWeight } = before;
      const currents = receptors.map((receptor) =>
        currentOf(
          receptor,
          before,
          hasBackground && receptor === 'excitatory' ? backgroundInput(randomBits, backgroundWeight) : undefined,
        ),
      );
      const leak = share(potential.minus(bias), before.leakMantissa, before.leakShift);
      const quiet = currents.reduce((sum, { effect }) => sum.plus(effect), potential.minus(leak));
      const integrated = hasNoise ? quiet.plus(normalNoise(randomBits, before.noise)) : quiet;
      const bounded = clamped(integrated, stateMax);
      const spike = spikeOf(before, integrated.isAtLeast(before.threshold), bounded);
      return {
        next: {
          potential: spike.potential,
          refractory: spike.refractory,
          ...currentsOf(currents),
        },
        fires: spike.fires,
        isSaturated: currents.reduce((any, { isSaturated }) => any.or(isSaturated), bounded.differsFrom(integrated)),
      };
    },
  );
}

/** Those of the receptors that the model has. */
const currentsOf = (currents: readonly { receptor: Receptor; next: Int }[]) =>
  Object.fromEntries(currents.map(({ receptor, next }) => [`${receptor}Current`, next])) as Record<
    `${Receptor}Current`,
    Int
  >;

export const lifModels: readonly NeuronModel[] = chances.flatMap((chance) => [
  lifModel('lif', ['excitatory'], chance),
  lifModel('dualLif', ['excitatory', 'inhibitory'], chance),
]);
