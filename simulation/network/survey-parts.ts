// How the weights of a projection are cut into parts that are summed in turn, so that their mean needs no sum over all of them in a tick; simulation process.
import type { SynapseRows } from './compiled-network.ts';

/** So many synapses are one part. */
export const synapsesOfOnePart = 16_384;
/** Of more, what a part holds at least. */
const synapsesOfPart = 4096;
/** No more parts than these: a round takes a second of ticks of 1 ms. */
const partsMost = 1024;

/**
 * @returns the first sender of each part, then the number of senders: some senders in a row with at least 4,096 synapses and at least a 1,024th
 * of all; up to 16,384 synapses are one part
 */
export function surveyPartsOf({ rowStart }: Pick<SynapseRows, 'rowStart'>): Uint32Array {
  const senders = rowStart.length - 1;
  const all = rowStart[senders]!;
  if (all <= synapsesOfOnePart) return Uint32Array.of(0, senders);
  const least = Math.max(synapsesOfPart, Math.ceil(all / partsMost));
  const starts = [0];
  for (let sender = 1; sender < senders; sender++) {
    const inPart = rowStart[sender]! - rowStart[starts.at(-1)!]!;
    // What is left is a part of its own only where it is large enough.
    if (inPart >= least && all - rowStart[sender]! >= least) starts.push(sender);
  }
  return Uint32Array.of(...starts, senders);
}
