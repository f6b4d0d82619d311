import { describe, expect, it } from 'vitest';
import type { ReviewActivity, ReviewDescription } from '../../contract/review.ts';
import { inputColumns, levelBit } from './input-columns.ts';
import type { CountedScene } from './review-scene.ts';
import { TileCache, tileColumns, type TileName } from './tile-cache.ts';

const { low, high, edge } = levelBit;
const samples = 40_960;
const description = {
  samples,
  digitalInputs: [
    { line: 3, name: 'camera' },
    { line: 1, name: 'lever' },
  ],
} as ReviewDescription;

/** Edges of the camera, which is low at first; the lever becomes known at sample 6000, high. */
type Edges = readonly number[];

function piece({ samplesPerColumn, tile }: TileName, edges: Edges, hasEdges: boolean): ReviewActivity {
  const width = Math.max(samplesPerColumn, 512);
  const span = tileColumns * samplesPerColumn;
  const fromSample = Math.floor((tile * span) / width) * width;
  const end = (tile + 1) * span;
  const columns = Math.ceil((end - fromSample) / width);
  const counts = (isRise: number) => {
    const counted = new Uint32Array(2 * columns);
    for (const [index, at] of edges.entries())
      if (index % 2 !== isRise && at >= fromSample && at < end) counted[Math.floor((at - fromSample) / width)]!++;
    return counted;
  };
  const inside = [...edges.keys()].filter((index) => edges[index]! >= fromSample && edges[index]! < end);
  return {
    fromSample,
    samplesPerColumn: width,
    columns,
    hasEdges,
    lineKnownFrom: Float64Array.of(fromSample, end <= 6000 ? NaN : Math.max(fromSample, 6000)),
    lineIsHigh: Uint16Array.of(edges.filter((at) => at < fromSample).length % 2, 1),
    edgeAt: Float64Array.from(hasEdges ? inside : [], (index) => edges[index]!),
    edgeInput: new Uint16Array(inside.length),
    edgeIsRise: Uint16Array.from(inside, (index) => 1 - (index % 2)),
    riseCounts: counts(1),
    fallCounts: counts(0),
  } as ReviewActivity;
}

async function sceneOf(
  edges: Edges,
  [fromSample, toSample]: [number, number],
  names: readonly TileName[],
  hasEdges = true,
): Promise<CountedScene> {
  const activity = new TileCache<ReviewActivity>(
    { load: (name) => Promise.resolve(piece(name, edges, hasEdges)), takeBack: () => {} },
    () => 1,
    { kept: 50, underway: 50 },
  );
  activity.sessionSamples = samples;
  activity.want(names);
  while (!activity.isComplete) await new Promise((resolve) => setTimeout(resolve));
  return { description, activity, window: { fromSample, toSample, sessionSamples: samples } };
}
const tiles = (samplesPerColumn: number, ...of: number[]) => of.map((tile) => ({ samplesPerColumn, tile, block: 0 }));

describe('a digital input in columns of pixels', () => {
  it('is low, high, and both where it changes, each edge a column wide', async () => {
    const scene = await sceneOf([105, 125, 152], [100, 200], tiles(8, 0));
    const [camera] = inputColumns(scene, 10);
    expect([...camera!.levels]).toEqual([
      low | high | edge,
      high,
      low | high | edge,
      low,
      low,
      low | high | edge,
      high,
      high,
      high,
      high,
    ]);
    expect([camera!.rises, camera!.falls]).toEqual([2, 1]);
  });

  it('has edges one pixel wide where a sample is wider than pixels', async () => {
    const scene = await sceneOf([105], [100, 110], tiles(1, 0));
    const [camera] = inputColumns(scene, 100);
    const edges = [...camera!.levels.keys()].filter((x) => (camera!.levels[x]! & edge) !== 0);
    expect(edges).toEqual([50]);
    expect([camera!.levels[49], camera!.levels[51]]).toEqual([low, high]);
  });

  it('shows a pulse of a single sample at every zoom, and counts its edges once across pieces', async () => {
    const pulse = [20_000, 20_001];
    for (const [samplesPerColumn, count] of [
      [1, 40_000],
      [16, 2048],
      [32, 1024],
    ] as const) {
      const names = tiles(samplesPerColumn, ...Array(Math.ceil(samples / samplesPerColumn / tileColumns)).keys());
      const [camera] = inputColumns(await sceneOf(pulse, [0, samples], names), count);
      expect([camera!.rises, camera!.falls]).toEqual([1, 1]);
      const seen = [...camera!.levels].filter((bits) => (bits & edge) !== 0);
      expect(seen.length).toBeGreaterThan(0);
      expect([...camera!.levels].filter((bits) => (bits & high) !== 0).length).toBeGreaterThan(0);
      expect([...camera!.levels].filter((bits) => bits === low).length).toBeGreaterThanOrEqual(count - 2);
    }
  });

  it('is drawn from counts where edges are too many, with the level carried on behind them', async () => {
    const scene = await sceneOf([1030, 5000, 5001], [0, samples], tiles(32, 0, 1), false);
    const [camera] = inputColumns(scene, 1024);
    const perColumn = samples / 1024;
    const at = (sample: number) => camera!.levels[Math.floor(sample / perColumn)];
    expect(at(500)).toBe(low);
    expect(at(1200)! & edge).toBe(edge);
    expect(at(3000)).toBe(high);
    expect(at(5000)! & edge).toBe(edge);
    expect(at(20_000)).toBe(high);
    expect([camera!.rises, camera!.falls]).toEqual([2, 1]);
  });

  it('is drawn from nothing where it is not known, nor beyond the end of the session', async () => {
    const scene = await sceneOf([], [0, 2 * samples], tiles(64, 0));
    const [camera, lever] = inputColumns(scene, 1280);
    const x = (sample: number) => Math.floor((sample * 1280) / (2 * samples));
    expect(lever!.levels[x(5000)]).toBe(0);
    expect(lever!.levels[x(7000)]).toBe(high);
    expect(camera!.levels[x(5000)]).toBe(low);
    expect([camera!.levels[x(samples) - 1], camera!.levels[x(samples)]]).toEqual([low, 0]);
  });
});
