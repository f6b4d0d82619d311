// What the simulation says of the network that it has built, once; rig thread and simulation process.
import { z } from 'zod';
import { driveUnits } from '../experiment/network/drive.ts';

const count = z.int().min(0);

/** Weights of a projection's sampled synapses, in its unit. `counts` are equal bins from `from` to `to`. */
export const weightHistogramSchema = z.strictObject({
  lowest: z.number(),
  highest: z.number(),
  mean: z.number(),
  from: z.number(),
  to: z.number(),
  counts: z.array(count),
});
export type WeightHistogram = z.output<typeof weightHistogramSchema>;

export const describedPopulationSchema = z.strictObject({
  name: z.string(),
  firstNeuron: count,
  neurons: count,
  /** Of its neurons, as the network model names it. */
  model: z.string(),
  /** Absent where the model has none. */
  restMillivolts: z.number().optional(),
  thresholdMillivolts: z.number().optional(),
  /** What an operator may inject; absent where nothing can be. */
  drive: z
    .strictObject({
      unit: z.enum(driveUnits),
      lowest: z.number(),
      highest: z.number(),
      shortestMilliseconds: z.number(),
    })
    .optional(),
});

/** A projection of the network model; its synapses may have many delays. */
export const describedProjectionSchema = z.strictObject({
  name: z.string(),
  /** Indices of populations. */
  from: count,
  to: count,
  effect: z.enum(['excitatory', 'inhibitory']),
  synapses: count,
  delayMilliseconds: z.strictObject({ shortest: z.number(), longest: z.number() }),
  unit: z.enum(['mV', 'nS']),
  /** Absent when the weights are fixed. */
  learning: z.strictObject({ rule: z.string(), lowest: z.number(), highest: z.number() }).optional(),
  hasShortTermPlasticity: z.boolean(),
  /** Of the synapses that are sampled, as they were at the beginning. */
  initialWeights: weightHistogramSchema,
});
export type DescribedProjection = z.output<typeof describedProjectionSchema>;
