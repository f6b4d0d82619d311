// The simulated spikes of a window, thinned by one rule over all its pieces; pure; used in the page and in reports.
import type { ReviewActivity } from '../../contract/review.ts';
import { forEachTile } from './review-scene.ts';
import type { TileCache, TileName } from './tile-cache.ts';

export interface SimulatedSpikes {
  /** Of how many spikes one is shown: those whose number in order of time is a multiple of it. */
  every: number;
  at: number[];
  neuron: number[];
}

/** Pieces may be thinned differently: what is shown is as thin everywhere as the thinnest, so that its density can be compared. */
export function simulatedSpikes(
  cache: TileCache<ReviewActivity>,
  names: readonly TileName[],
  window: { fromSample: number; toSample: number },
): SimulatedSpikes {
  const shown: SimulatedSpikes = { every: 1, at: [], neuron: [] };
  forEachTile(cache, names, ({ simulatedEvery }) => (shown.every = Math.max(shown.every, simulatedEvery)));
  forEachTile(cache, names, (tile, from, to) => {
    for (let spike = 0; spike < tile.simulatedAt.length; spike++) {
      const at = tile.simulatedAt[spike]!;
      if (at < from || at >= to || at < window.fromSample || at > window.toSample) continue;
      if (tile.simulatedNumber[spike]! % shown.every !== 0) continue;
      shown.at.push(at);
      shown.neuron.push(tile.simulatedNeuron[spike]!);
    }
  });
  return shown;
}

/** What is left out, in words: "every 16th spike in order of time is drawn". */
export function thinningWords(every: number): string {
  if (every === 1) return 'every spike is drawn';
  const last = every % 10;
  const ending = every % 100 > 10 && every % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][last] ?? 'th');
  return `every ${every}${ending} spike in order of time is drawn`;
}
