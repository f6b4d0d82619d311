// What an operator may do to the learning of the running population, between two ticks; rig thread and simulation process.
import { z } from 'zod';

const index = z.int().min(0);

/** Indices are those of the network model. */
export const learningControlSchema = z.discriminatedUnion('kind', [
  /** Frozen synapses stay as they are; traces go on. */
  z.strictObject({ kind: z.literal('freeze'), projection: index, isFrozen: z.boolean() }),
  /** Weights, and what synapses keep beside them, become what they were at the beginning. */
  z.strictObject({ kind: z.literal('reset'), projection: index }),
  /** A signal is held at a value; null lets it run again. */
  z.strictObject({ kind: z.literal('clamp'), signal: index, value: z.number().nullable() }),
]);
export type LearningControl = z.output<typeof learningControlSchema>;

/** Why nothing was done, in words; empty when it was done. */
export const controlAnswerSchema = z.strictObject({ problem: z.string() });
export type ControlAnswer = z.output<typeof controlAnswerSchema>;
