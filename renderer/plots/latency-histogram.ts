// Quantiles and axis of the loop-latency histogram, whose bins are equal on a logarithmic axis; used in the page.
import { latencyBins } from '../../common/contract/streams.ts';

/** Latency at a place on the axis of bins (0: the left edge of the first bin), ms. */
export function latencyAtBin(place: number): number {
  return latencyBins.firstMilliseconds * 10 ** (place / latencyBins.perDecade);
}

/** Place of a latency on the axis of bins. */
export function binOfLatency(milliseconds: number): number {
  return Math.log10(milliseconds / latencyBins.firstMilliseconds) * latencyBins.perDecade;
}

/** @param share 0.5 for the median. @returns ms, exact to a bin (12 %); null when nothing was counted. */
export function histogramQuantile(counts: Uint32Array, share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let below = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const count = counts[bin]!;
    if (count > 0 && below + count >= share * total) return latencyAtBin(bin + (share * total - below) / count);
    below += count;
  }
  return null;
}

/** First and last bin that hold something; null when none does. */
export function filledBins(counts: Uint32Array): { first: number; last: number } | null {
  const first = counts.findIndex((count) => count > 0);
  return first < 0 ? null : { first, last: counts.findLastIndex((count) => count > 0) };
}
