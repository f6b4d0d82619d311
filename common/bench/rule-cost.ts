// What the bench of learning rules asks the simulation's bench program for and what that answers; main process and bench program.
import { z } from 'zod';
import { simulationConfigurationSchema } from '../simulation-protocol/configuration.ts';

const count = z.int().min(0);

export const ruleCostRequestSchema = z.strictObject({
  /**
   * Senders and receivers of which an electrode drives one each, joined by one projection that learns; measured in turns with the
   * same network without that learning, on one thread of the native back end.
   */
  configuration: simulationConfigurationSchema,
  /** Electrodes that spike at once. */
  driven: z.int().min(1),
  /** How often the two networks take turns. */
  rounds: z.int().min(1),
  /** Cycles of a network's turn; each has a tick with firings, one with arrivals, and ticks with neither. */
  cycles: z.int().min(1),
});

/** Ticks of a cycle: receivers fire in the first, the senders' spikes arrive in the third. */
export const ticksOfCycle = 4;

export type RuleCostRequest = z.output<typeof ruleCostRequestSchema>;

/** Over cycles. A difference of two noisy times may be negative. */
const quartiles = z.strictObject({ p25: z.number(), p50: z.number(), p75: z.number() });

const eventCost = z.strictObject({
  /** ms that a tick with such events takes longer than the ticks of its cycle without any. */
  extraMilliseconds: quartiles,
  /** Synapses that such a tick reaches, mean. */
  events: z.number(),
});

const networkCost = z.strictObject({
  arrivals: eventCost,
  firings: eventCost,
  /** ms of a tick in which nothing arrives and no receiver fires. */
  quietMilliseconds: quartiles,
});

export type EventCost = z.output<typeof eventCost>;
export type NetworkCost = z.output<typeof networkCost>;

export const ruleCostAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('measured'),
    synapses: count,
    learning: networkCost,
    withoutLearning: networkCost,
    /** Bytes read and bytes written together, of a copy that no cache holds; 10⁹ bytes per second, median over rounds. */
    bandwidthGigabytesPerSecond: z.number(),
    /** Vector instructions of the native back end, where they are known. */
    instructionSet: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('unavailable'), reason: z.string() }),
]);

export type RuleCostAnswer = z.output<typeof ruleCostAnswerSchema>;
export type MeasuredRuleCost = Extract<RuleCostAnswer, { kind: 'measured' }>;
