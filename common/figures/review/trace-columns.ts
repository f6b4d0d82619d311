// Minimum and maximum of one electrode in each column of pixels, from the pieces that are there; pure; used in the page and in reports.
import type { ReviewTraces } from '../../contract/review.ts';
import { tileColumns } from './tile-cache.ts';

/** Samples of a window in columns of pixels. */
export interface PixelColumns {
  fromSample: number;
  samplesPerPixel: number;
  lows: Float32Array;
  highs: Float32Array;
}

/** Columns of pixels without anything in them. */
export function emptyColumns(fromSample: number, samplesPerPixel: number, count: number): PixelColumns {
  const columns = { fromSample, samplesPerPixel, lows: new Float32Array(count), highs: new Float32Array(count) };
  clearColumns(columns);
  return columns;
}

/** For the next electrode. */
export function clearColumns({ lows, highs }: PixelColumns): void {
  lows.fill(NaN);
  highs.fill(NaN);
}

function widen({ lows, highs }: PixelColumns, x: number, low: number, high: number): void {
  if (!(lows[x]! <= low)) lows[x] = low;
  if (!(highs[x]! >= high)) highs[x] = high;
}

/** Adds what a piece says of an electrode between two samples, in bits. */
export function addTraces(
  columns: PixelColumns,
  traces: ReviewTraces,
  channel: number,
  fromSample: number,
  toSample: number,
): void {
  const row = (channel - traces.firstChannel) * traces.columns;
  if (row < 0 || channel >= traces.firstChannel + traces.channels) return;
  const { fromSample: origin, samplesPerPixel, lows } = columns;
  if (traces.samplesPerColumn === 1 && samplesPerPixel < 1)
    return addLine(columns, traces, row, Math.max(0, fromSample - 1), toSample);
  const firstX = Math.max(0, Math.floor((fromSample - origin) / samplesPerPixel));
  const endX = Math.min(lows.length, Math.ceil((toSample - origin) / samplesPerPixel));
  for (let x = firstX; x < endX; x++) {
    const from = Math.max(fromSample, origin + x * samplesPerPixel);
    const to = Math.min(toSample, origin + (x + 1) * samplesPerPixel);
    const first = Math.floor((from - traces.fromSample) / traces.samplesPerColumn);
    const end = Math.min(
      traces.columns,
      Math.max(first + 1, Math.ceil((to - traces.fromSample) / traces.samplesPerColumn - 1e-6)),
    );
    for (let column = first; column < end; column++) {
      const low = traces.minimum[row + column]!;
      const high = traces.maximum[row + column]!;
      if (low <= high) widen(columns, x, low, high);
    }
  }
}

/** Straight lines from sample to sample, where there are more pixels than samples. */
function addLine(columns: PixelColumns, traces: ReviewTraces, row: number, fromSample: number, toSample: number): void {
  const { fromSample: origin, samplesPerPixel, lows } = columns;
  const firstX = Math.max(0, Math.floor((fromSample - origin) / samplesPerPixel));
  const endX = Math.min(lows.length, Math.ceil((toSample - origin) / samplesPerPixel));
  let one = valueAt(traces, row, origin + firstX * samplesPerPixel);
  for (let x = firstX; x < endX; x++) {
    const two = valueAt(traces, row, origin + (x + 1) * samplesPerPixel);
    // A side without a value draws nothing.
    if (!Number.isNaN(one)) widen(columns, x, one, one);
    if (!Number.isNaN(two)) widen(columns, x, two, two);
    one = two;
  }
}

/** Between two samples, on the line between them; NaN where there is none. */
function valueAt({ fromSample, columns, minimum, maximum }: ReviewTraces, row: number, sample: number): number {
  const before = Math.floor(sample);
  const place = before - fromSample;
  if (place < 0 || place >= columns) return NaN;
  const value = maximum[row + place]!;
  if (minimum[row + place]! > value) return NaN;
  if (place + 1 >= columns) return value;
  const next = maximum[row + place + 1]!;
  return minimum[row + place + 1]! <= next ? value + (next - value) * (sample - before) : value;
}

/** Lengthens columns so that neighbours touch, as a line through the samples would. */
export function joinColumns({ lows, highs }: PixelColumns): void {
  let before = NaN;
  let after = NaN;
  for (let x = 0; x < lows.length; x++) {
    const [low, high] = [lows[x]!, highs[x]!];
    if (low > after) lows[x] = after;
    if (high < before) highs[x] = before;
    before = low;
    after = high;
  }
}

/** Samples of a piece. */
export function tileSpan(samplesPerColumn: number): number {
  return samplesPerColumn * tileColumns;
}
