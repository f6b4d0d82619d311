// What the bench of the loop between rig and simulation is asked for and what it answers; main process and bench thread.
import type { SimulationConfiguration } from '../simulation-protocol/configuration.ts';

export interface SimulationLoopRequest {
  configuration: SimulationConfiguration;
  /** Not measured. */
  warmUpTicks: number;
  ticks: number;
}

/** ms, from the moment when a tick is due to its answer; of every tick, also of those that waited for an earlier answer. */
export interface SimulationLoopLatency {
  ticks: number;
  p50: number;
  p99: number;
  p999: number;
  max: number;
  /** Share of ticks that were answered later than 1 ms. */
  lateShare: number;
  /** ms, what the program needed for an answer by its own clock. */
  computeP50: number;
  computeP99: number;
}

/** Messages of the bench thread: the environment of the program that it waits for, then what it measured. */
export type SimulationLoopMessage =
  | { kind: 'listening'; environment: Record<string, string> }
  | { kind: 'measured'; latency: SimulationLoopLatency }
  | { kind: 'failed'; reason: string };
