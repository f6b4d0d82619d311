// One index of sessions is as good as the other: both are asked the same, at random.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSqlite } from './load-sqlite.ts';
import { MemoryIndex } from './memory-index.ts';
import { indexFileName, openIndex } from './open-index.ts';
import type { KnownSession } from './read-session.ts';
import type { IndexQuery, SessionIndex } from './session-index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-index-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Few different values, so that many sessions fit. */
const label = fc.constantFrom("o'hara", 'a%b', 'c_d', 'naïve', 'x');
const day = fc.constantFrom('2026-03-01', '2026-03-02', '2026-03-03');

const knownSession = fc
  .record({
    name: fc.constantFrom('one', 'two', 'three', 'four', 'five', 'six'),
    day,
    offset: fc.constantFrom('+00:00', '+09:00', '-11:00'),
    subject: fc.option(label, { nil: undefined }),
    experiment: label,
    rules: fc.uniqueArray(label, { maxLength: 2 }),
    tags: fc.uniqueArray(label, { maxLength: 3 }),
    trips: fc.nat({ max: 2 }),
    words: fc.array(label),
  })
  .map(({ name, day: on, offset, subject, experiment, rules, tags, trips, words }): KnownSession => ({
    name,
    stamp: `${on} ${trips}`,
    words: words.join('\n'),
    entry: {
      session: name,
      experiment,
      ...(subject === undefined ? {} : { subject }),
      operator: 'Curie',
      rules,
      tags,
      startedAt: `${on}T12:00:00${offset}`,
      state: 'complete',
      seconds: 1,
      deliveries: 2,
      spikes: 3,
      trips,
      hasNwb: true,
    },
  }));

const query = fc.record(
  {
    words: fc.array(label, { maxLength: 2 }),
    most: fc.integer({ min: 1, max: 7 }),
    subject: label,
    experiment: label,
    rule: label,
    tags: fc.array(label, { maxLength: 2 }),
    trips: fc.constantFrom('with' as const, 'without' as const),
    fromDay: day,
    toDay: day,
  },
  { requiredKeys: ['words', 'most'] },
);

const change = fc.record({
  put: fc.array(knownSession, { maxLength: 6 }),
  removed: fc.array(fc.constantFrom('one', 'six')),
});

async function onDisk(): Promise<SessionIndex> {
  const { index, problem } = await openIndex(folder);
  expect(problem).toBeUndefined();
  return index;
}

const everything: IndexQuery = { words: [], most: 100 };

describe('an index of sessions', () => {
  it('finds the same on disk as in memory, in the same order, whatever was put in, taken out and asked', async () => {
    const disk = await onDisk();
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), fc.array(query, { minLength: 1 }), (changes, queries) => {
        const memory = new MemoryIndex();
        disk.change([], [...disk.stamps().keys()]);
        for (const { put, removed } of changes) {
          const last = [...new Map(put.map((session) => [session.name, session])).values()];
          for (const index of [disk, memory]) index.change(last, removed);
        }
        const answers = (index: SessionIndex) =>
          [everything, ...queries].map((asked) => {
            const { sessions, ...counts } = index.find(asked);
            return { ...counts, sessions: sessions.map(({ name, entry }) => ({ name, entry })) };
          });
        expect(answers(disk)).toEqual(answers(memory));
        expect(disk.choices()).toEqual(memory.choices());
        expect(new Map([...disk.stamps()].sort())).toEqual(new Map([...memory.stamps()].sort()));
      }),
      { numRuns: 60 },
    );
    disk.close();
  });

  it('is still there when it is opened again, and one file serves two programs', async () => {
    const [session] = fc.sample(knownSession, 1);
    const [first, second] = [await onDisk(), await onDisk()];
    first.change([session!], []);
    expect(second.find(everything).sessions).toEqual([{ name: session!.name, entry: session!.entry }]);
    second.change([], [session!.name]);
    expect(first.find(everything).all).toBe(0);
    for (const index of [first, second]) index.close();
  });

  it('is made anew when the file is damaged, of another version, or no database at all', async () => {
    const file = join(folder, indexFileName);
    const [session] = fc.sample(knownSession, 1);
    const filled = await onDisk();
    filled.change([session!], []);
    filled.close();
    const whole = readFileSync(file);
    const torn = Buffer.from(whole);
    torn.fill(0xa5, 4096);
    for (const bytes of [torn, Buffer.from('this is no database '.repeat(300))]) {
      writeFileSync(file, bytes);
      const index = await onDisk();
      expect(index.find(everything).all).toBe(0);
      index.change([session!], []);
      expect(index.find(everything).all).toBe(1);
      index.close();
    }
    const open = await loadSqlite();
    if ('unsupported' in open) throw new Error(open.unsupported);
    const database = open(file);
    database.exec('PRAGMA user_version = 999');
    database.close();
    const index = await onDisk();
    expect(index.find(everything).all).toBe(0);
    index.close();
  });

  it('is in memory, and says why, where SQLite cannot be loaded or its file not be opened', async () => {
    const missing = () => loadSqlite(() => Promise.reject(new Error('no such module')));
    const unloaded = await openIndex(folder, missing);
    expect(unloaded.index).toBeInstanceOf(MemoryIndex);
    expect(unloaded.problem).toMatch(/SQLite cannot be used on .*: no such module\. The sessions are read/);
    const refusing = await openIndex(folder, () =>
      Promise.resolve(() => {
        throw new Error('disk I/O error');
      }),
    );
    expect(refusing.index).toBeInstanceOf(MemoryIndex);
    expect(refusing.problem).toMatch(/library\.sqlite cannot be used: disk I\/O error\. It may be deleted/);
  });
});
