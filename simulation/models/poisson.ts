// Neurons that fire by chance: in each step with the same probability, each neuron on its own.
import { neuronModel } from './neuron-model.ts';

/** `chance` is the probability to fire in a step in units of 2⁻³¹. */
export const poisson = neuronModel(
  { name: 'poisson', state: [], receptors: [], parameters: ['chance'], isRandom: true },
  ({ randomBits, chance }) => ({
    next: {},
    fires: randomBits.shiftRightLogical(1).isBelow(chance),
    isSaturated: undefined,
  }),
);
