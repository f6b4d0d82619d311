// What a rule kernel works on: the synapses of one projection, by sender and by receiver; simulation process.
import type { Traces } from '../../learning/traces.ts';
import type { SynapseColumns } from '../../network/columns.ts';
import type { SynapseRows } from '../../network/compiled-network.ts';

export interface PlasticArrays extends SynapseColumns, Omit<SynapseRows, 'weights'> {
  /** In mV, Q16, in the order of the rows. */
  readonly weights: Int32Array;
  /** In the order of the rule's model. */
  readonly senderTraces: readonly Traces[];
  readonly receiverTraces: readonly Traces[];
  readonly parameters: Int32Array;
}
