// Every neuron model that kernels are written for.
import { lif, noisyLif } from './lif.ts';
import type { NeuronModel } from './neuron-model.ts';

export const neuronModels: readonly NeuronModel[] = [lif, noisyLif];
