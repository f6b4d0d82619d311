// Counts of the pieces of a window put together in bins that are wide enough to be drawn; pure; used in the page and in reports.
import type { ReviewActivity, ReviewDescription } from '../../contract/review.ts';
import { countPixels, forEachTile } from './review-scene.ts';
import type { TileCache, TileName } from './tile-cache.ts';
import { samplesPerPixel, type TimeScale } from './time-scale.ts';

export interface CountBins {
  fromSample: number;
  samplesPerBin: number;
  bins: number;
  /** Spikes of all electrodes, then of each population in turn. */
  spikes: Float64Array;
  populations: Float64Array[];
  /** Rising edges of each digital input. */
  rises: Float64Array[];
  delivered: Float64Array;
  refused: Float64Array;
  lowestLatency: Float32Array;
  highestLatency: Float32Array;
  lateTicks: Float64Array;
  ticks: Float64Array;
  /** Sum over the ticks of a bin, ms. */
  summedLatency: Float64Array;
  /** Results of the simulation, and the sum of their mean weights, mV. */
  results: Float64Array;
  summedWeight: Float64Array;
  /** Whether anything is known of a bin. */
  isKnown: Uint8Array;
}

/** The finest counts of a session, samples. */
const finestSamples = 512;

/** Samples of a bin: a power of two, so that it is whole columns of every piece. */
export function binWidthFor(scale: TimeScale): number {
  return Math.max(finestSamples, 2 ** Math.ceil(Math.log2(countPixels * samplesPerPixel(scale))));
}

export function countBins(
  cache: TileCache<ReviewActivity>,
  names: readonly TileName[],
  scale: TimeScale,
  sources: Pick<ReviewDescription, 'populations' | 'digitalInputs'>,
): CountBins {
  const samplesPerBin = binWidthFor(scale);
  const fromSample = Math.floor(scale.fromSample / samplesPerBin) * samplesPerBin;
  const bins = Math.ceil((scale.toSample - fromSample) / samplesPerBin);
  const sums = (): Float64Array => new Float64Array(bins);
  const result: CountBins = {
    fromSample,
    samplesPerBin,
    bins,
    spikes: sums(),
    populations: sources.populations.map(sums),
    rises: sources.digitalInputs.map(sums),
    delivered: sums(),
    refused: sums(),
    lowestLatency: new Float32Array(bins).fill(NaN),
    highestLatency: new Float32Array(bins).fill(NaN),
    lateTicks: sums(),
    ticks: sums(),
    summedLatency: sums(),
    results: sums(),
    summedWeight: sums(),
    isKnown: new Uint8Array(bins),
  };
  // Where columns are no narrower than the finest counts, pieces that follow each other tell the same columns twice.
  let doneSample = -Infinity;
  forEachTile(cache, names, (tile, from, to) => {
    for (let column = 0; column < tile.columns; column++) {
      const at = tile.fromSample + column * tile.samplesPerColumn;
      if (at < doneSample || at + tile.samplesPerColumn <= from || at >= to) continue;
      doneSample = at + tile.samplesPerColumn;
      const bin = Math.floor((at - fromSample) / samplesPerBin);
      // A coarser piece stands in for one that has not come: its counts are spread over the bins that it is as long as.
      const binsWide = Math.max(1, tile.samplesPerColumn / samplesPerBin);
      for (let part = Math.max(0, -bin); part < binsWide && bin + part < bins; part++)
        addColumn(result, bin + part, tile, column, 1 / binsWide);
    }
  });
  return result;
}

/** @param share of the column's counts that the bin gets */
function addColumn(bins: CountBins, bin: number, tile: ReviewActivity, column: number, share: number): void {
  bins.isKnown[bin] = 1;
  bins.spikes[bin]! += share * tile.spikeCounts[column]!;
  for (let population = 0; population < bins.populations.length; population++)
    bins.populations[population]![bin]! += share * tile.populationCounts[population * tile.columns + column]!;
  for (let input = 0; input < bins.rises.length; input++)
    bins.rises[input]![bin]! += share * tile.riseCounts[input * tile.columns + column]!;
  bins.delivered[bin]! += share * tile.deliveredCounts[column]!;
  bins.refused[bin]! += share * tile.refusedCounts[column]!;
  bins.lateTicks[bin]! += share * tile.lateCounts[column]!;
  const [ticks, results] = [share * tile.tickCounts[column]!, share * tile.resultCounts[column]!];
  bins.ticks[bin]! += ticks;
  bins.results[bin]! += results;
  // A mean of nothing is NaN.
  if (ticks > 0) bins.summedLatency[bin]! += ticks * tile.meanLatency[column]!;
  if (results > 0) bins.summedWeight[bin]! += results * tile.meanWeights[column]!;
  const [low, high] = [tile.lowestLatency[column]!, tile.highestLatency[column]!];
  if (!(bins.lowestLatency[bin]! <= low)) bins.lowestLatency[bin] = low;
  if (!(bins.highestLatency[bin]! >= high)) bins.highestLatency[bin] = high;
}
