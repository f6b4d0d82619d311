// The synapses that one event changes, some at a time: who they are and who their neurons are; simulation process.
import type { SynapseColumns } from '../../network/columns.ts';
import type { SynapseRows } from '../../network/compiled-network.ts';

/** Synapses that a block of a learning rule is carried out for at once. */
export const synapsesAtOnce = 256;

export class EventSynapses {
  /** Index of each in the rows, its sender and its receiver; the first `count` are valid. */
  readonly synapses = new Uint32Array(synapsesAtOnce);
  readonly senders = new Uint32Array(synapsesAtOnce);
  readonly receivers = new Uint32Array(synapsesAtOnce);
  count = 0;

  /** Those of a sender from `from` on, at most as many as fit. @returns where to go on. */
  takeRow({ targets }: Omit<SynapseRows, 'weights'>, sender: number, from: number, end: number): number {
    this.count = Math.min(synapsesAtOnce, end - from);
    for (let index = 0; index < this.count; index++) {
      this.synapses[index] = from + index;
      this.senders[index] = sender;
      this.receivers[index] = targets[from + index]!;
    }
    return from + this.count;
  }

  /** Those onto a receiver from entry `from` of its column on. @returns where to go on. */
  takeColumn({ synapses, senders }: SynapseColumns, receiver: number, from: number, end: number): number {
    this.count = Math.min(synapsesAtOnce, end - from);
    for (let index = 0; index < this.count; index++) {
      this.synapses[index] = synapses[from + index]!;
      this.senders[index] = senders[from + index]!;
      this.receivers[index] = receiver;
    }
    return from + this.count;
  }
}
