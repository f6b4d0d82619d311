// Sessions for the tests of figures over time: a spike each 512 samples, a delivery in each fourth bin; tests only.
import type { ReviewActivity, ReviewDescription, ReviewEvents } from '../../../common/contract/review.ts';
import { TileCache, tileColumns, type TileName } from '../../../common/figures/review/tile-cache.ts';
import { overlaidWindow } from './alignment.ts';
import type { CourseSession } from './course.ts';

/** Bins of the finest counts, samples. */
export const finestBin = 512;

export function describedSession(more: Partial<ReviewDescription> = {}): ReviewDescription {
  return {
    state: 'whole',
    fraction: 1,
    samples: 100 * finestBin,
    folder: '/a',
    session: '0123456789abcdef',
    experiment: 'loop',
    operator: 'Ada',
    startedAt: '2026-03-02T14:05:06+01:00',
    isArmed: true,
    channels: 4,
    sampleRateHz: 10 * finestBin,
    microvoltsPerBit: 1,
    deadlineMilliseconds: 5,
    populations: [
      { name: 'exc', firstNeuron: 0, neurons: 8 },
      { name: 'inh', firstNeuron: 8, neurons: 2 },
    ],
    digitalInputs: [],
    plasticSynapses: 20,
    framesLost: 0,
    ...more,
  };
}

export const eventsOf = (more: Partial<ReviewEvents> = {}): ReviewEvents => ({
  fromSample: 0,
  toSample: 1,
  states: [],
  faults: [],
  marks: [],
  phases: [],
  gaps: [],
  firstRises: [],
  cut: [],
  ...more,
});

function piece({ tile }: TileName, { samples, populations, digitalInputs }: ReviewDescription): ReviewActivity {
  const columns = tileColumns;
  const bin = (column: number) => tile * columns + column;
  const tell = (of: (bin: number) => number) =>
    Uint32Array.from({ length: columns }, (_, column) => (bin(column) * finestBin < samples ? of(bin(column)) : 0));
  const measured = (of: (bin: number) => number) =>
    Float32Array.from({ length: columns }, (_, column) => of(bin(column)));
  return {
    fromSample: tile * columns * finestBin,
    samplesPerColumn: finestBin,
    columns,
    spikeCounts: tell(() => 2),
    populationCounts: Uint32Array.from(
      { length: columns * populations.length },
      (_, at) => Math.floor(at / columns) + 1,
    ),
    // Each line rises in each tenth bin, and falls in the next one.
    hasEdges: false,
    lineKnownFrom: Float64Array.from(digitalInputs, () => 0),
    lineIsHigh: new Uint16Array(digitalInputs.length),
    riseCounts: Uint32Array.from({ length: columns * digitalInputs.length }, (_, at) =>
      (at % columns) % 10 === 0 ? 1 : 0,
    ),
    fallCounts: Uint32Array.from({ length: columns * digitalInputs.length }, (_, at) =>
      (at % columns) % 10 === 1 ? 1 : 0,
    ),
    tickCounts: tell(() => 1),
    lateCounts: tell(() => 0),
    lowestLatency: measured(() => 0.25),
    highestLatency: measured((each) => (each === 7 ? 8 : 1)),
    meanLatency: measured(() => 0.5),
    deliveredCounts: tell((each) => (each % 4 === 3 ? 1 : 0)),
    refusedCounts: tell(() => 0),
    resultCounts: tell(() => 1),
    meanWeights: measured((each) => 1 + each / 100),
  } as ReviewActivity;
}

/** @param shift time of the session at the other one's time zero, s */
export async function courseSession(
  letter: 'A' | 'B',
  description: ReviewDescription,
  window: { fromSample: number; toSample: number; sampleRateHz: number },
  shift = 0,
): Promise<CourseSession> {
  const activity = new TileCache<ReviewActivity>(
    { load: (name) => Promise.resolve(piece(name, description)), takeBack: () => {} },
    () => 1,
    { kept: 20, underway: 20 },
  );
  // Longer than any piece: the one that there is stands in for finer ones.
  activity.sessionSamples = 2 ** 30;
  activity.want([{ samplesPerColumn: finestBin, tile: 0, block: 0 }]);
  // The piece comes in one of the next turns.
  while (!activity.isComplete) await new Promise((resolve) => setTimeout(resolve));
  const events = eventsOf({ phases: [{ at: 0, name: `phase of ${letter}`, stimulation: true }] });
  return {
    letter,
    name: `culture ${letter}`,
    scene: { description, activity, events, window: overlaidWindow(window, shift, description) },
  };
}
