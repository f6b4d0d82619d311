import { describe, expect, it } from 'vitest';
import type { ReviewActivity, ReviewDescription, ReviewTraces } from '../../../common/contract/review.ts';
import type { ReviewScene } from '../../../common/figures/review/review-scene.ts';
import { ReviewWindow } from '../../../common/figures/review/review-window.ts';
import { TileCache, tileColumns, type TileName } from '../../../common/figures/review/tile-cache.ts';
import { describedSession, eventsOf } from './course.fixture.ts';
import { eventsTables, tracesTables } from './review-tables.ts';

const rate = 1000;
const settings = { firstRow: 0, rows: 2, microvoltsPerRow: 100 };

async function filled<T>(samples: number, value: T): Promise<TileCache<T>> {
  const cache = new TileCache<T>({ load: () => Promise.resolve(value), takeBack: () => {} }, () => 1, {
    kept: 5,
    underway: 5,
  });
  cache.sessionSamples = samples;
  cache.want([{ samplesPerColumn: 1, tile: 0, block: 0 } satisfies TileName]);
  while (!cache.isComplete) await new Promise((resolve) => setTimeout(resolve));
  return cache;
}

/** A hundred samples; electrode E0 is at `bits`, E1 at twice that; the camera is low, rises at 40 and falls at 60. */
async function scene(bits: number, channels: number, hasEdges = true): Promise<ReviewScene> {
  const samples = 100;
  const description: ReviewDescription = describedSession({
    samples,
    channels,
    sampleRateHz: rate,
    populations: [],
    digitalInputs: [{ line: 3, name: 'camera' }],
  });
  const values = Int16Array.from({ length: channels * tileColumns }, (_, place) =>
    place % tileColumns < samples ? bits * (1 + Math.floor(place / tileColumns)) : 0,
  );
  const traces = {
    fromSample: 0,
    samplesPerColumn: 1,
    columns: tileColumns,
    firstChannel: 0,
    channels,
    minimum: values,
    maximum: values,
  } satisfies ReviewTraces;
  const none = { at: new Float64Array(0), of: new Uint16Array(0) };
  const activity = {
    fromSample: 0,
    samplesPerColumn: 512,
    columns: 2,
    hasSpikes: true,
    hasTicks: true,
    hasRequests: true,
    hasEdges,
    lineKnownFrom: Float64Array.of(0),
    lineIsHigh: Uint16Array.of(0),
    edgeAt: Float64Array.from(hasEdges ? [40, 60] : []),
    edgeInput: Uint16Array.of(0, 0),
    edgeIsRise: Uint16Array.of(1, 0),
    riseCounts: Uint32Array.of(1, 0),
    fallCounts: Uint32Array.of(1, 0),
    spikeAt: none.at,
    tickAt: none.at,
    requestAt: none.at,
    simulatedEvery: 1,
    simulatedAt: none.at,
    simulatedNeuron: new Uint32Array(0),
    simulatedNumber: new Uint32Array(0),
  } as unknown as ReviewActivity;
  return {
    description,
    window: new ReviewWindow(rate, samples),
    traces: await filled(samples, traces),
    activity: await filled(samples, activity),
    events: eventsOf({ phases: [{ at: 10, name: 'rest', stimulation: false }] }),
    notes: [],
  };
}
const alone = (of: ReviewScene) => [{ letter: 'A' as const, scene: of, shiftSeconds: 0 }];
const rowsOf = (table: readonly string[]) => table.join('').trim().split('\n');

describe('the table of events', () => {
  it('tells how each digital input is at first, and each edge of it at its time', async () => {
    expect(rowsOf(eventsTables(alone(await scene(1, 2)), 100))).toEqual([
      'seconds,kind,where,value,unit,words',
      '0.000000,digital input,camera,0,,is low',
      '0.010000,phase,,,,rest',
      '0.040000,digital input,camera,1,,rises',
      '0.060000,digital input,camera,0,,falls',
    ]);
  });

  it('tells how many edges each column has where they are too many', async () => {
    const rows = rowsOf(eventsTables(alone(await scene(1, 2, false)), 100));
    expect(rows).toContain('0.000000,rising edges,camera,1,per 512 samples,');
    expect(rows).toContain('0.000000,falling edges,camera,1,per 512 samples,');
  });

  it('has the digital inputs of a second session on both clocks', async () => {
    const second = { letter: 'B' as const, scene: await scene(5, 2), shiftSeconds: -0.5 };
    const rows = rowsOf(eventsTables([...alone(await scene(1, 2)), second], 100));
    expect(rows[0]).toBe('session,seconds,seconds_of_session,kind,where,value,unit,words');
    expect(rows).toContain('A,0.040000,0.040000,digital input,camera,1,,rises');
    expect(rows).toContain('B,0.540000,0.040000,digital input,camera,1,,rises');
    expect(rows.filter((row) => row.startsWith('B') && row.includes('phase'))).toEqual([]);
  });
});

describe('the table of the traces', () => {
  it('has every column of the shown electrodes', async () => {
    const rows = rowsOf(tracesTables(alone(await scene(3, 2)), 100, settings));
    expect(rows).toHaveLength(101);
    expect(rows.slice(0, 2)).toEqual([
      'seconds,E0_min_microvolts,E0_max_microvolts,E1_min_microvolts,E1_max_microvolts',
      '0.000000,3,3,6,6',
    ]);
  });

  it('has both sessions on both clocks, and nothing of an electrode that one does not have', async () => {
    const second = { letter: 'B' as const, scene: await scene(5, 1), shiftSeconds: 2 };
    const rows = rowsOf(tracesTables([...alone(await scene(3, 2)), second], 100, settings));
    expect(rows[0]!.startsWith('session,seconds,seconds_of_session,E0_min_microvolts')).toBe(true);
    expect(rows).toContain('A,0.007000,0.007000,3,3,6,6');
    expect(rows).toContain('B,-1.993000,0.007000,5,5,,');
  });
});
