// Neurons that fire when something excites them: recorded units inside the network.
import { neuronModel } from './neuron-model.ts';

export const spikeSource = neuronModel(
  { name: 'spikeSource', state: [], receptors: ['received'], parameters: [], isRandom: false },
  ({ received }) => ({ next: {}, fires: received.isAbove(0), isSaturated: undefined }),
);
