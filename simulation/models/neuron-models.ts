// Every neuron model that kernels are written for.
import { lif, noisyLif } from './lif.ts';
import type { NeuronModel } from './neuron-model.ts';
import { poisson } from './poisson.ts';

export const neuronModels: readonly NeuronModel[] = [lif, noisyLif, poisson];
