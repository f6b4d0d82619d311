// Where what belongs to one population lies in the buffers of a GPU, counted in words of 32 bits; simulation process.
import type { Table } from './table-writer.ts';

export interface PopulationLayout {
  /** In a slot of the ring of spikes. */
  readonly firstWord: number;
  readonly statesStart: number;
  readonly receivedStart: number;
  /** In a slot of the ring of shares; undefined where whole spikes are sent. */
  readonly sharesStart: number | undefined;
  /** Of its kernel, in its order. */
  readonly tables: readonly Table[];
  /** The longest delay with which its spikes arrive anywhere. */
  readonly maxDelaySteps: number;
}
