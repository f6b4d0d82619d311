// Synapses of a compiled projection whose weights are looked at; simulation process.
import type { SynapseRows } from '../network/compiled-network.ts';

export interface SynapsePlaces {
  /** Ascending, in the order of the projection's rows. */
  readonly synapses: Uint32Array;
  /** Sending neuron of each. */
  readonly senders: Uint32Array;
}

/** @param synapses ascending */
export function synapsePlaces({ rowStart }: Pick<SynapseRows, 'rowStart'>, synapses: Uint32Array): SynapsePlaces {
  let sender = 0;
  const senders = synapses.map((synapse) => {
    while (rowStart[sender + 1]! <= synapse) sender++;
    return sender;
  });
  return { synapses, senders };
}
