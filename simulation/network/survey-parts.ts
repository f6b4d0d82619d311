// How the weights of a projection are cut into parts that are summed in turn, so that their mean needs no sum over all of them in a tick; simulation process.
import type { SynapseRows } from './compiled-network.ts';

/** What a part holds at least: few enough for every tick, and half a second goes round millions. */
export const synapsesOfPart = 16_384;

/**
 * @returns the first sender of each part, then the number of senders; each part holds at least `synapsesOfPart` synapses, or the only part
 * all of them
 */
export function surveyPartsOf({ rowStart }: Pick<SynapseRows, 'rowStart'>): Uint32Array {
  const senders = rowStart.length - 1;
  const all = rowStart[senders]!;
  const starts = [0];
  for (let sender = 1; sender < senders; sender++) {
    const inPart = rowStart[sender]! - rowStart[starts.at(-1)!]!;
    // What is left is a part of its own only where it is large enough.
    if (inPart >= synapsesOfPart && all - rowStart[sender]! >= synapsesOfPart) starts.push(sender);
  }
  return Uint32Array.of(...starts, senders);
}
