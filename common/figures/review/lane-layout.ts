// Where the lanes of a review lie, one below the other on one time axis; pure; used in the page and in reports.
import type { Box } from '../pen.ts';

export const laneNames = [
  'names',
  'traces',
  'raster',
  'simulated',
  'rates',
  'stimuli',
  'inputs',
  'latency',
  'interlock',
  'notes',
  'axis',
] as const;
export type LaneName = (typeof laneNames)[number];
export type Lanes = Record<LaneName, Box>;

/** Room for labels at the left and the scale bar at the right, CSS px. */
export const laneMargins = { left: 92, right: 60 } as const;
const gapPixels = 8;
/** Heights that do not depend on the window; the others share the rest by these parts. */
const fixedPixels: Partial<Record<LaneName, number>> = { interlock: 44, axis: 24 };
const parts: Partial<Record<LaneName, number>> = {
  traces: 46,
  raster: 12,
  simulated: 17,
  rates: 13,
  stimuli: 11,
  latency: 13,
};
/** How much higher the traces of two sessions are than those of one. */
const comparedTraces = 1.5;
export const noteRowPixels = 18;

/** How high a lane is: so many px, or its part of what the others leave. */
export type LaneHeight<N extends string> = { name: N } & ({ pixels: number } | { part: number });

/** Lanes of one width below each other, with a gap between them; what they lie in is filled. A lane of 0 px takes no room. */
export function stackLanes<N extends string>(
  width: number,
  height: number,
  heights: readonly LaneHeight<N>[],
): Record<N, Box> {
  const gapOf = (lane: LaneHeight<N>) => ('pixels' in lane && lane.pixels === 0 ? 0 : gapPixels);
  const taken = heights.reduce((sum, lane) => sum + gapOf(lane) + ('pixels' in lane ? lane.pixels : 0), 0);
  const whole = heights.reduce((sum, lane) => sum + ('part' in lane ? lane.part : 0), 0);
  const free = Math.max(0, height - taken);
  const laneWidth = Math.max(1, width - laneMargins.left - laneMargins.right);
  let top = gapPixels;
  const lanes: Partial<Record<N, Box>> = {};
  for (const lane of heights) {
    const laneHeight = 'pixels' in lane ? lane.pixels : (free * lane.part) / whole;
    lanes[lane.name] = { left: laneMargins.left, top, width: laneWidth, height: laneHeight };
    top += laneHeight + gapOf(lane);
  }
  return lanes as Record<N, Box>;
}

/** What the lanes of a session depend on. */
export interface LaneContent {
  /** Rows of notes that overlap. */
  noteRows: number;
  /** False: there is nothing simulated to show. */
  hasPopulations: boolean;
  /** Height of the digital inputs, and of the names of two sessions that are compared, CSS px. */
  inputPixels: number;
  namePixels: number;
  /** 2: the traces of each electrode are those of two sessions. */
  sessions: 1 | 2;
}

export function laneLayout(width: number, height: number, content: LaneContent): Lanes {
  const { noteRows, hasPopulations, inputPixels, namePixels, sessions } = content;
  const fixed: Partial<Record<LaneName, number>> = {
    ...fixedPixels,
    names: namePixels,
    inputs: inputPixels,
    notes: Math.max(1, noteRows) * noteRowPixels,
    ...(hasPopulations ? {} : { simulated: 0 }),
  };
  return stackLanes(
    width,
    height,
    laneNames.map((name) => {
      const pixels = fixed[name];
      if (pixels !== undefined) return { name, pixels };
      return { name, part: (parts[name] ?? 0) * (name === 'traces' && sessions === 2 ? comparedTraces : 1) };
    }),
  );
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
