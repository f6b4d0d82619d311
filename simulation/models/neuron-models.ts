// Every neuron model that kernels are written for.
import { adexModels } from './adex.ts';
import { conductanceLifModels } from './conductance-lif.ts';
import { izhikevichModels } from './izhikevich.ts';
import { lifModels } from './lif.ts';
import type { NeuronModel } from './neuron-model.ts';
import { poisson } from './poisson.ts';
import { rateModels } from './rate.ts';
import { spikeSource } from './spike-source.ts';

export const neuronModels: readonly NeuronModel[] = [
  ...lifModels,
  ...conductanceLifModels,
  ...adexModels,
  ...izhikevichModels,
  ...rateModels,
  poisson,
  spikeSource,
];
