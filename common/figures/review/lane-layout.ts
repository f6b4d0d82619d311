// Where the lanes of a review lie, one below the other on one time axis; pure; used in the page and in reports.
import type { Box } from '../pen.ts';

export const laneNames = ['traces', 'raster', 'rates', 'stimuli', 'latency', 'interlock', 'notes', 'axis'] as const;
export type LaneName = (typeof laneNames)[number];
export type Lanes = Record<LaneName, Box>;

/** Room for labels at the left and the scale bar at the right, CSS px. */
export const laneMargins = { left: 92, right: 60 } as const;
const gapPixels = 8;
/** Heights that do not depend on the window; the others share the rest by these parts. */
const fixedPixels: Partial<Record<LaneName, number>> = { interlock: 44, axis: 24 };
const parts: Partial<Record<LaneName, number>> = { traces: 47, raster: 14, rates: 13, stimuli: 12, latency: 14 };
export const noteRowPixels = 18;

/** @param noteRows rows of notes that overlap. */
export function laneLayout(width: number, height: number, noteRows: number): Lanes {
  const fixed: Partial<Record<LaneName, number>> = { ...fixedPixels, notes: Math.max(1, noteRows) * noteRowPixels };
  const taken = Object.values(fixed).reduce((sum, each) => sum + each, 0) + gapPixels * laneNames.length;
  const whole = Object.values(parts).reduce((sum, each) => sum + each, 0);
  const free = Math.max(0, height - taken);
  let top = gapPixels;
  const lanes: Partial<Lanes> = {};
  for (const name of laneNames) {
    const laneHeight = fixed[name] ?? (free * (parts[name] ?? 0)) / whole;
    const laneWidth = Math.max(1, width - laneMargins.left - laneMargins.right);
    lanes[name] = { left: laneMargins.left, top, width: laneWidth, height: laneHeight };
    top += laneHeight + gapPixels;
  }
  return lanes as Lanes;
}

/** Rows for spans that overlap: each goes into the first row in which there is room. */
export function rowsForSpans(spans: readonly { from: number; to: number }[]): number[] {
  const ends: number[] = [];
  return spans.map(({ from, to }) => {
    const free = ends.findIndex((end) => end <= from);
    const row = free < 0 ? ends.length : free;
    ends[row] = to;
    return row;
  });
}
