import { describe, expect, it } from 'vitest';
import type { ReviewActivity } from '../../contract/review.ts';
import { binWidthFor, countBins } from './count-bins.ts';
import { TileCache, tileColumns, type TileName } from './tile-cache.ts';

/** A piece whose every column holds one spike, and one delivery in its first column. */
function piece({ samplesPerColumn, tile }: TileName): ReviewActivity {
  const width = Math.max(512, samplesPerColumn);
  const start = tile * tileColumns * samplesPerColumn;
  const fromSample = start - (start % width);
  const columns = Math.ceil((start + tileColumns * samplesPerColumn - fromSample) / width);
  const counts = () => new Uint32Array(columns);
  return {
    fromSample,
    samplesPerColumn: width,
    columns,
    spikeCounts: counts().fill(1),
    populationCounts: new Uint32Array(2 * columns).fill(3, columns),
    deliveredCounts: Uint32Array.from({ length: columns }, (_, column) => (column === 0 ? 1 : 0)),
    refusedCounts: counts(),
    lateCounts: counts(),
    // Ticks in each second column, results in each fourth.
    tickCounts: counts().map((_, column) => (column % 2 === 0 ? 2 : 0)),
    meanLatency: Float32Array.from({ length: columns }, (_, column) => (column % 2 === 0 ? column : NaN)),
    resultCounts: counts().map((_, column) => (column % 4 === 0 ? 3 : 0)),
    meanWeights: Float32Array.from({ length: columns }, (_, column) => (column % 4 === 0 ? 0.5 : NaN)),
    lowestLatency: new Float32Array(columns).fill(0.5),
    highestLatency: Float32Array.from({ length: columns }, (_, column) => column),
  } as ReviewActivity;
}

const sources = {
  populations: [
    { name: 'exc', firstNeuron: 0, neurons: 8 },
    { name: 'inh', firstNeuron: 8, neurons: 2 },
  ],
  digitalInputs: [],
};

/** @param there the pieces that have come; without it those that are wanted */
async function binsOf(
  names: readonly TileName[],
  fromSample: number,
  toSample: number,
  width: number,
  there: readonly TileName[] = names,
) {
  const cache = new TileCache<ReviewActivity>(
    { load: (name) => Promise.resolve(piece(name)), takeBack: () => {} },
    () => 1,
    { kept: 20, underway: 20 },
  );
  cache.sessionSamples = 2 ** 30;
  cache.want(there);
  await Promise.resolve();
  await Promise.resolve();
  const scale = { fromSample, toSample, left: 0, width, sampleRateHz: 30_000 };
  return { bins: countBins(cache, names, scale, sources), scale };
}

describe('counts of a window', () => {
  it('are each column once, in bins of whole columns', async () => {
    const names = [0, 1].map((tile) => ({ samplesPerColumn: 512, tile, block: 0 }));
    const { bins, scale } = await binsOf(names, 0, 2 * tileColumns * 512, 512);
    expect(binWidthFor(scale)).toBe(8192);
    expect(bins.bins).toBe(128);
    expect([...bins.spikes]).toEqual(new Array(128).fill(16));
    expect([...bins.populations[1]!]).toEqual(new Array(128).fill(48));
    expect(bins.delivered.reduce((sum, count) => sum + count)).toBe(2);
    expect(bins.highestLatency[0]).toBe(15);
    expect(bins.lowestLatency[0]).toBe(0.5);
    expect([bins.ticks[0], bins.summedLatency[0]]).toEqual([16, 2 * (0 + 2 + 4 + 6 + 8 + 10 + 12 + 14)]);
    expect([bins.results[1], bins.summedWeight[1]]).toEqual([12, 6]);
  });

  it('are not told twice by pieces that are narrower than the finest counts', async () => {
    const names = [0, 1, 2, 3].map((tile) => ({ samplesPerColumn: 1, tile, block: 0 }));
    const { bins } = await binsOf(names, 0, 4 * tileColumns, 1000);
    expect([...bins.spikes]).toEqual(new Array(8).fill(1));
  });

  it('are spread over the bins that a coarser piece is as long as, while it stands in', async () => {
    const names = [2, 3].map((tile) => ({ samplesPerColumn: 512, tile, block: 0 }));
    const coarse = { samplesPerColumn: 4096, tile: 0, block: 0 };
    const span = tileColumns * 512;
    const { bins, scale } = await binsOf(names, 2 * span, 4 * span, 3 * 2048, [coarse]);
    expect(binWidthFor(scale)).toBe(512);
    expect([...bins.spikes]).toEqual(new Array(2048).fill(1 / 8));
    expect([...bins.isKnown]).toEqual(new Array(2048).fill(1));
    expect([...bins.highestLatency.subarray(0, 9)]).toEqual([...new Array(8).fill(256), 257]);
  });

  it('are unknown where no piece is there', async () => {
    const names = [{ samplesPerColumn: 512, tile: 0, block: 0 }];
    const { bins } = await binsOf(names, 0, 2 * tileColumns * 512, 512);
    expect([...bins.isKnown.subarray(60, 68)]).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
  });
});
