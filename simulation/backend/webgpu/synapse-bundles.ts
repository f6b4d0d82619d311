// Bundles synapses that never change by their sender, whatever the projection and the delay: one dispatch delivers them all; simulation process.
import type { CompiledNetwork, CompiledProjection } from '../../network/compiled-network.ts';
import type { NetworkLayout } from './network-layout.ts';
import { isPutAhead } from './tick-phases.ts';

/** What a sender sends. */
export type Sent = 'spikes' | 'shares';

/** All that 32 senders, or some times as many, send along synapses that do not change. */
export interface SynapseBundle {
  /** The first sender: of spikes by its bit in a slot, of shares by its word. */
  readonly firstSender: number;
  readonly senders: number;
  /** Starts of all rows and the end of the last; then for each synapse its delay × words of a slot of `received` + the receiver's word there. */
  readonly rows: Uint32Array;
  readonly weights: Int32Array;
}

/** Senders of a bundle are a multiple of this: spikes come as words. */
const together = 32;

/**
 * Bundles are made one after the other, so that one at a time needs memory here.
 * @param most words that a buffer may have; a bundle has more only where it cannot be smaller
 */
export function* bundlesOf(
  network: CompiledNetwork,
  layout: NetworkLayout,
  sent: Sent,
  most: number,
): Generator<SynapseBundle> {
  const projections = network.projections
    .map((projection) => ({ projection, firstSender: firstSenderOf(layout, projection, sent) }))
    .filter((each): each is Placed => each.firstSender !== undefined && isPutAhead(each.projection));
  const degrees = new Uint32Array(sent === 'spikes' ? 32 * layout.slotWords : layout.shareWords);
  for (const { projection, firstSender } of projections)
    for (let sender = 0; sender + 1 < projection.rowStart.length; sender++)
      degrees[firstSender + sender]! += projection.rowStart[sender + 1]! - projection.rowStart[sender]!;
  for (let first = 0; first < degrees.length;) {
    let [end, synapses] = [first, 0];
    while (end < degrees.length) {
      const next = Math.min(degrees.length, end + together);
      const more = degrees.subarray(end, next).reduce((sum, degree) => sum + degree, 0);
      if (end > first && next - first + 1 + synapses + more > most) break;
      [end, synapses] = [next, synapses + more];
    }
    if (synapses > 0) yield bundleOf(network, layout, projections, degrees.subarray(first, end), first);
    first = end;
  }
}

interface Placed {
  readonly projection: CompiledProjection;
  readonly firstSender: number;
}

/** Neurons of a mean rate send shares only. @returns undefined where the projection sends the other. */
function firstSenderOf({ populations }: NetworkLayout, { from }: CompiledProjection, sent: Sent): number | undefined {
  const { firstWord, sharesStart } = populations[from]!;
  if (sent === 'shares') return sharesStart;
  return sharesStart === undefined ? 32 * firstWord : undefined;
}

function bundleOf(
  { populations }: CompiledNetwork,
  layout: NetworkLayout,
  projections: readonly Placed[],
  degrees: Uint32Array,
  first: number,
): SynapseBundle {
  const senders = degrees.length;
  const next = new Uint32Array(senders);
  let synapses = 0;
  for (let sender = 0; sender < senders; sender++) {
    next[sender] = synapses;
    synapses += degrees[sender]!;
  }
  const rows = new Uint32Array(senders + 1 + synapses);
  const weights = new Int32Array(synapses);
  rows.set(next);
  rows[senders] = synapses;
  const places = rows.subarray(senders + 1);
  for (const { projection, firstSender } of projections) {
    const { rowStart, targets, weights: are, to, receptor, delaySteps } = projection;
    const inSlot = layout.populations[to]!.receivedStart + receptor * populations[to]!.model.neurons;
    const place = delaySteps * layout.receivedWords + inSlot;
    const end = Math.min(rowStart.length - 1, first + senders - firstSender);
    for (let sender = Math.max(0, first - firstSender); sender < end; sender++) {
      let at = next[firstSender + sender - first]!;
      for (let synapse = rowStart[sender]!; synapse < rowStart[sender + 1]!; synapse++, at++) {
        places[at] = place + targets[synapse]!;
        weights[at] = are[synapse]!;
      }
      next[firstSender + sender - first] = at;
    }
  }
  return { firstSender: first, senders, rows, weights };
}
