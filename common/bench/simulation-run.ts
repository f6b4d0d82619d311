// What the simulation's bench program is asked for and what it answers; main process and bench program.
import { z } from 'zod';
import { simulationConfigurationSchema } from '../simulation-protocol/configuration.ts';

const count = z.int().min(0);

export const simulationRunRequestSchema = z.strictObject({
  configuration: simulationConfigurationSchema,
  backend: z.enum(['native', 'typescript', 'webgpu']),
  threads: z.int().min(1).max(64),
  /** Computed before anything is measured. */
  warmUpTicks: count,
  /** Of each of the `runs` that follow each other. */
  ticks: z.int().min(1),
  runs: z.int().min(1),
  /** Hashes spikes and weights, of the warm-up too. */
  doesHash: z.boolean(),
});

/** One network on one back end. */
export type SimulationRunRequest = z.output<typeof simulationRunRequestSchema>;

const run = z.strictObject({
  /** Time of all ticks together. */
  seconds: z.number(),
  /** Of single ticks. */
  p50Milliseconds: z.number(),
  p99Milliseconds: z.number(),
  p999Milliseconds: z.number(),
  maxMilliseconds: z.number(),
});

const population = z.strictObject({
  name: z.string(),
  neurons: count,
  rateHz: z.number(),
  /** Mean over its neurons with at least five intervals, to the tick; null where there is none. */
  cvOfIntervals: z.number().nullable(),
});

export const simulationRunAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('measured'),
    neurons: count,
    synapses: count,
    /** From the configuration to a network that can be stepped. */
    loadSeconds: z.number(),
    peakResidentGigabytes: z.number(),
    runs: z.array(run).min(1),
    /** In all runs, without the warm-up. */
    populations: z.array(population),
    steps: count,
    spikes: count,
    /** The graphics processor that computed, if one did. */
    adapter: z.string().optional(),
    /** Vector instructions of the native back end, where they are known. */
    instructionSet: z.string().optional(),
    /** SHA-256 of all spikes tick by tick and of all plastic weights at the end, if asked for. */
    hash: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('unavailable'), reason: z.string() }),
]);

export type SimulationRunAnswer = z.output<typeof simulationRunAnswerSchema>;
export type MeasuredSimulation = Extract<SimulationRunAnswer, { kind: 'measured' }>;
