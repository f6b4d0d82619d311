// Sorts the synapses of a projection into projections of one delay each, which is what back ends compute; simulation process.
import type { SynapseRows } from './compiled-network.ts';
import type { DrawnSynapses } from './connect.ts';

/** @returns the same synapses, by ascending delay; in each part by sender and receiver. */
export function splitByDelay({ rowStart, targets, weights, delaySteps }: DrawnSynapses): (SynapseRows & {
  delaySteps: number;
})[] {
  if (typeof delaySteps === 'number') return [{ rowStart, targets, weights, delaySteps }];
  const counts = new Uint32Array(0x1_0000);
  for (let synapse = 0; synapse < delaySteps.length; synapse++) counts[delaySteps[synapse]!]!++;
  const senders = rowStart.length - 1;
  const parts: (SynapseRows & { delaySteps: number })[] = [];
  const partOf = new Int32Array(counts.length);
  for (const [delay, count] of counts.entries()) {
    if (count === 0) continue;
    partOf[delay] = parts.length;
    const [ends, of, are] = [new Uint32Array(senders + 1), new Uint32Array(count), new Int32Array(count)];
    parts.push({ rowStart: ends, targets: of, weights: are, delaySteps: delay });
  }
  const filled = new Uint32Array(parts.length);
  for (let sender = 0; sender < senders; sender++) {
    const end = rowStart[sender + 1]!;
    for (let synapse = rowStart[sender]!; synapse < end; synapse++) {
      const index = partOf[delaySteps[synapse]!]!;
      const part = parts[index]!;
      const at = filled[index]!++;
      part.targets[at] = targets[synapse]!;
      part.weights[at] = weights[synapse]!;
    }
    for (let index = 0; index < parts.length; index++) parts[index]!.rowStart[sender + 1] = filled[index]!;
  }
  return parts;
}
