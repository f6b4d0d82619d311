import { describe, expect, it } from 'vitest';
import type { JournalWriter } from './journal/journal-writer.ts';
import { ReplayedTurns } from './replayed-turns.ts';
import { JournalledTurns } from './turns.ts';

function setUp() {
  const written: unknown[] = [];
  const journal = {
    sequence: 0,
    json(_type: number, document: object) {
      this.sequence++;
      written.push(document);
    },
    turn(kind: string, value: number, readings: Float64Array, count: number) {
      this.sequence++;
      written.push([kind, value, ...readings.subarray(0, count)]);
    },
  };
  let now = 100;
  const turns = new JournalledTurns(journal as unknown as JournalWriter, () => now++);
  return { written, turns, journal };
}

describe('a turn', () => {
  it('is written with the readings that were taken in it, and nothing is kept of those outside', () => {
    const { written, turns } = setUp();
    turns.nowNs();
    turns.begin();
    expect(turns.nowNs()).toBe(101);
    expect(turns.reading(NaN)).toBeNaN();
    turns.end('block');
    expect(written).toEqual([['block', 0, 101, NaN]]);
  });

  it('that has read and written nothing is not written; one that has written something is', () => {
    const { written, turns, journal } = setUp();
    turns.begin();
    turns.end('time', 7);
    expect(written).toEqual([]);
    turns.begin();
    journal.sequence++;
    turns.end('time', 8);
    expect(written).toEqual([['time', 8]]);
  });

  it('inside another belongs to it', () => {
    const { written, turns } = setUp();
    turns.begin();
    turns.nowNs();
    turns.begin();
    turns.input({ kind: 'dose-taken' });
    turns.nowNs();
    turns.end('input');
    turns.end('result');
    expect(written).toEqual([{ kind: 'dose-taken' }, ['result', 0, 100, 101]]);
  });

  it('that meant nothing is forgotten with its readings, and only these', () => {
    const { written, turns } = setUp();
    turns.begin();
    turns.nowNs();
    turns.begin();
    turns.nowNs();
    turns.cancel();
    turns.nowNs();
    turns.end('block');
    expect(written).toEqual([['block', 0, 100, 102]]);
  });

  it('keeps more readings than usual', () => {
    const { written, turns } = setUp();
    turns.begin();
    for (let index = 0; index < 1000; index++) turns.reading(index);
    turns.end('result');
    expect((written[0] as number[]).slice(2)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  });
});

describe('a replayed turn', () => {
  it('gives back the readings, then stands still', () => {
    const turns = new ReplayedTurns();
    turns.play(Float64Array.of(5, 0.5, 6));
    expect([turns.nowNs(), turns.reading(9), turns.nowNs()]).toEqual([5, 0.5, 6]);
    expect([turns.nowNs(), turns.reading(9)]).toEqual([6, 9]);
    turns.play(Float64Array.of(7));
    expect(turns.nowNs()).toBe(7);
  });
});
