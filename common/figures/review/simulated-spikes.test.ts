import { describe, expect, it } from 'vitest';
import type { ReviewActivity } from '../../contract/review.ts';
import { simulatedSpikes, thinningWords } from './simulated-spikes.ts';
import { TileCache, tileColumns, type TileName } from './tile-cache.ts';

/** A spike each hundred samples; the first piece has every fourth of them, the second each. */
function piece({ tile }: TileName): ReviewActivity {
  const every = tile === 0 ? 4 : 1;
  const numbers = Array.from({ length: 11 }, (_, place) => 11 * tile + place).filter((number) => number % every === 0);
  return {
    simulatedEvery: every,
    simulatedAt: Float64Array.from(numbers, (number) => number * 100),
    simulatedNeuron: Uint32Array.from(numbers, (number) => number % 7),
    simulatedNumber: Uint32Array.from(numbers),
  } as ReviewActivity;
}

async function shown(fromSample: number, toSample: number, tiles: readonly number[]) {
  const names = tiles.map((tile) => ({ samplesPerColumn: 1, tile, block: 0 }));
  const loader = { load: (name: TileName) => Promise.resolve(piece(name)), takeBack: () => {} };
  const cache = new TileCache<ReviewActivity>(loader, () => 1, { kept: 4, underway: 4 });
  cache.want(names);
  await Promise.resolve();
  await Promise.resolve();
  return simulatedSpikes(cache, names, { fromSample, toSample });
}

describe('the simulated spikes of a window', () => {
  it('are as thin everywhere as in the thinnest of its pieces, so that a density does not change where pieces meet', async () => {
    const { every, at, neuron } = await shown(0, 2 * tileColumns, [0, 1]);
    expect(every).toBe(4);
    expect(at).toEqual([0, 400, 800, 1200, 1600, 2000]);
    expect(neuron).toEqual([0, 4, 1, 5, 2, 6]);
  });

  it('are each of them where nothing is thinned, and only those of the window', async () => {
    const { every, at } = await shown(1450, 1800, [1]);
    expect([every, at]).toEqual([1, [1500, 1600, 1700, 1800]]);
  });

  it('say by which rule they are thinned', () => {
    expect(thinningWords(1)).toBe('every spike is drawn');
    expect([2, 4, 32, 512, 1024].map((every) => thinningWords(every).split(' ')[1])).toEqual([
      '2nd',
      '4th',
      '32nd',
      '512th',
      '1024th',
    ]);
  });
});
