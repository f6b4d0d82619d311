// Finds the synapses of a receiving neuron, for learning when it fires; simulation process.
import type { SynapseRows } from './compiled-network.ts';

/** Synapses by receiver: those of receiver r are entries `columnStart[r]` to `columnStart[r + 1]` − 1. */
export interface SynapseColumns {
  /** Receivers + 1 entries. */
  readonly columnStart: Uint32Array;
  /** Index of the synapse in the rows. */
  readonly synapses: Uint32Array;
  /** Sender of that synapse; ascending within a column. */
  readonly senders: Uint32Array;
}

export function toColumns({ rowStart, targets }: SynapseRows, receivers: number): SynapseColumns {
  const columnStart = new Uint32Array(receivers + 1);
  for (const target of targets) columnStart[target + 1]!++;
  for (let receiver = 0; receiver < receivers; receiver++) columnStart[receiver + 1]! += columnStart[receiver]!;
  const next = columnStart.slice(0, receivers);
  const synapses = new Uint32Array(targets.length);
  const senders = new Uint32Array(targets.length);
  for (let sender = 0; sender + 1 < rowStart.length; sender++) {
    for (let synapse = rowStart[sender]!; synapse < rowStart[sender + 1]!; synapse++) {
      const at = next[targets[synapse]!]!++;
      synapses[at] = synapse;
      senders[at] = sender;
    }
  }
  return { columnStart, synapses, senders };
}
