import { describe, expect, it } from 'vitest';
import { columnWidthFor, TileCache, tileColumns, type TileName, tilesOf } from './tile-cache.ts';

const name = (tile: number, samplesPerColumn = 1, block = 0): TileName => ({ samplesPerColumn, tile, block });

/** A loader that answers when the test says so. */
function loading(limits = { kept: 4, underway: 2 }) {
  const asked: { name: TileName; ticket: number; answer: (value: string | undefined) => void }[] = [];
  const takenBack: number[] = [];
  let ticket = 0;
  const cache = new TileCache<string>(
    {
      load: (tile, number) =>
        new Promise((resolve) => asked.push({ name: tile, ticket: number, answer: (value) => resolve(value) })),
      takeBack: (number) => takenBack.push(number),
    },
    () => ++ticket,
    limits,
  );
  const arrive = async (index: number, value: string | undefined) => {
    asked[index]!.answer(value);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { cache, asked, takenBack, arrive };
}

describe('the pieces of a session', () => {
  it('are asked for a few at a time, the most urgent first, each once', async () => {
    const { cache, asked, arrive } = loading();
    cache.want([name(0), name(1), name(2)]);
    cache.want([name(0), name(1), name(2)]);
    expect(asked.map(({ name: { tile } }) => tile)).toEqual([0, 1]);
    await arrive(0, 'zero');
    expect(asked.map(({ name: { tile } }) => tile)).toEqual([0, 1, 2]);
    expect(cache.get(name(0))).toBe('zero');
    expect(cache.isComplete).toBe(false);
    await arrive(1, 'one');
    await arrive(2, 'two');
    expect(cache.isComplete).toBe(true);
    cache.want([name(0), name(1), name(2)]);
    expect(asked).toHaveLength(3);
  });

  it('are taken back when nobody looks at them any more, and their late answers are not kept', async () => {
    const { cache, asked, takenBack, arrive } = loading();
    cache.want([name(0), name(1)]);
    cache.want([name(1), name(5)]);
    expect(takenBack).toEqual([asked[0]!.ticket]);
    expect(asked.map(({ name: { tile } }) => tile)).toEqual([0, 1, 5]);
    await arrive(0, 'late');
    expect(cache.get(name(0))).toBeUndefined();
  });

  it('are asked for again after a refusal, when they are wanted again', async () => {
    const { cache, asked, arrive } = loading();
    cache.want([name(0)]);
    await arrive(0, undefined);
    cache.want([name(0)]);
    expect(asked).toHaveLength(2);
  });

  it('are forgotten, those first that were looked at longest ago', async () => {
    const { cache, arrive } = loading({ kept: 2, underway: 3 });
    cache.want([name(0), name(1)]);
    await arrive(0, 'zero');
    await arrive(1, 'one');
    cache.get(name(0));
    cache.want([name(2)]);
    await arrive(2, 'two');
    expect([0, 1, 2].map((tile) => cache.get(name(tile)))).toEqual(['zero', undefined, 'two']);
  });

  it('that reach over the end are asked for again when the session has grown; until then the old one is shown', async () => {
    const { cache, asked, arrive } = loading();
    cache.sessionSamples = tileColumns + 10;
    cache.want([name(0), name(1)]);
    await arrive(0, 'zero');
    await arrive(1, 'one');
    cache.sessionSamples = tileColumns + 500;
    cache.want([name(0), name(1)]);
    expect(asked.slice(2).map(({ name: { tile } }) => tile)).toEqual([1]);
    expect(cache.get(name(1))).toBe('one');
    await arrive(2, 'more');
    expect(cache.get(name(1))).toBe('more');
  });

  it('that are seen are asked for before those nearby, of which what is under way is taken back for them', async () => {
    const { cache, asked, takenBack, arrive } = loading();
    cache.want([name(0)], [name(1), name(2)]);
    expect(asked.map(({ name: { tile } }) => tile)).toEqual([0]);
    await arrive(0, 'zero');
    expect(cache.isComplete).toBe(true);
    expect(asked.map(({ name: { tile } }) => tile)).toEqual([0, 1, 2]);
    cache.want([name(7)], [name(1), name(2)]);
    expect(takenBack).toEqual([asked[1]!.ticket, asked[2]!.ticket]);
    expect(asked.at(-1)!.name.tile).toBe(7);
    expect(cache.isComplete).toBe(false);
  });

  it('that are wanted are forgotten last', async () => {
    const { cache, asked, arrive } = loading({ kept: 2, underway: 1 });
    cache.want([name(9, 8)]);
    await arrive(0, 'whole');
    cache.want([name(0)], [name(9, 8)]);
    await arrive(1, 'zero');
    cache.want([name(1)], [name(9, 8)]);
    await arrive(2, 'one');
    expect(asked).toHaveLength(3);
    expect([name(0), name(1), name(9, 8)].map((each) => cache.get(each))).toEqual([undefined, 'one', 'whole']);
  });

  it('stand in for finer ones that have not come, at any distance', async () => {
    const { cache, arrive } = loading();
    cache.sessionSamples = 2 ** 24 * tileColumns;
    cache.want([name(0, 2 ** 24)]);
    await arrive(0, 'whole');
    expect(cache.best(name(5, 1))).toBe('whole');
    expect(cache.best(name(2 ** 24, 1))).toBeUndefined();
    expect([...cache.standIns(name(5, 1))]).toEqual([[name(5, 1), 'whole']]);
  });

  it('stand in for parts of coarser ones that have not come, in order of time, each part once', async () => {
    const { cache, arrive } = loading({ kept: 9, underway: 3 });
    cache.sessionSamples = 64 * tileColumns;
    cache.want([name(0, 64), name(1, 4), name(4, 2)]);
    await arrive(0, 'coarse');
    await arrive(1, 'fine');
    await arrive(2, 'finest');
    // The second half is there at twice the fineness; what is finer still is not looked at.
    expect([...cache.standIns(name(0, 8))]).toEqual([
      [name(0, 4), 'coarse'],
      [name(1, 4), 'fine'],
    ]);
    expect([...cache.standIns(name(1, 8))]).toEqual([[name(1, 8), 'coarse']]);
  });
});

describe('which pieces a window is made of', () => {
  it('has one to two columns on a pixel', () => {
    expect([0.2, 1, 1.9, 2, 31, 32].map(columnWidthFor)).toEqual([1, 1, 1, 2, 16, 32]);
  });

  it('are those that are seen for each block of electrodes, then their neighbours within the session, then a coarser one', () => {
    const window = { fromSample: 1000, toSample: 2100, sessionSamples: 3 * tileColumns };
    const { seen, near } = tilesOf(window, 1, [0, 2]);
    expect(seen).toEqual([name(0), name(0, 1, 2), name(1), name(1, 1, 2), name(2), name(2, 1, 2)]);
    expect(near).toEqual([name(0, 4), name(0, 4, 2)]);
    expect(tilesOf({ ...window, toSample: 1010 }, 1, [0]).near).toEqual([name(1), name(0, 4)]);
  });

  it('are none outside of the session where a window reaches over its ends, or lies beside it', () => {
    const sessionSamples = 3 * tileColumns;
    const beyond = { fromSample: -5000, toSample: 1e6, sessionSamples };
    expect(tilesOf(beyond, 1, [0])).toEqual({ seen: [name(0), name(1), name(2)], near: [name(0, 4)] });
    expect(tilesOf({ fromSample: -5000, toSample: -4000, sessionSamples }, 1, [0]).seen).toEqual([name(0)]);
    expect(tilesOf({ fromSample: 1e6, toSample: 2e6, sessionSamples }, 1, [0]).seen).toEqual([name(2)]);
  });
});
