// A signal as it is made in each tick; simulation process.
import type { TickSpikes } from './unit-spikes.ts';

export interface RunningSignal {
  /** One number, or one for each output of a decoder; overwritten in each tick. */
  readonly values: Float64Array;
  advance(spikes: TickSpikes, tick: number): void;
  /** Everything that decides what comes. */
  readonly state: readonly Float64Array[];
}
