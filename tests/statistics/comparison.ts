// What our neuron models and Brian2's are asked: steady drives and common input, model by model.
import type { ModelStatistics } from './compare.ts';

export const comparedModels = ['lif', 'lif-conductance', 'adex', 'izhikevich', 'rate'] as const;
export type ComparedModel = (typeof comparedModels)[number];

export interface Comparison {
  /** Of a run with common input, after half a second. */
  seconds: number;
  /** Runs with connections and spikes drawn anew. */
  draws: number;
  /** Steady drives of the f-I curve, in the unit of the model's bias. */
  currents: Record<ComparedModel, number[]>;
  /** Weight of the common input, in the model's unit. */
  driven: Record<ComparedModel, { weight: number; bias: number }>;
  /** Rate of neurons that fire by chance, Hz. */
  chanceHz: number;
}

export const comparison: Comparison = {
  seconds: 15,
  draws: 5,
  currents: {
    lif: [15, 19, 21, 23, 26, 30, 40, 50],
    'lif-conductance': [5, 9, 11, 13, 16, 20, 30, 45],
    adex: [10, 17, 20, 23, 26, 30, 40, 50],
    izhikevich: [2, 4, 6, 8, 10, 15, 20, 30],
    rate: [-2, 0, 1, 2, 4, 7, 9.5, 15],
  },
  driven: {
    lif: { weight: 0.4, bias: 0 },
    'lif-conductance': { weight: 0.24, bias: 0 },
    adex: { weight: 0.6, bias: 0 },
    izhikevich: { weight: 3.5, bias: 0 },
    rate: { weight: 0.1, bias: 0 },
  },
  chanceHz: 30,
};

/** What Brian2 has answered. */
export interface Brian2Answer {
  version: string;
  /** Spikes of one neuron in two seconds for each drive. */
  currents: Record<ComparedModel, number[]>;
  driven: Record<ComparedModel, ModelStatistics>;
  byChance: ModelStatistics;
}
