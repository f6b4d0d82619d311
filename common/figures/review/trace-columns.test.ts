import { describe, expect, it } from 'vitest';
import type { ReviewTraces } from '../../contract/review.ts';
import { addTraces, emptyColumns, joinColumns } from './trace-columns.ts';

/** A piece of two electrodes; the second holds the given columns. */
function piece(samplesPerColumn: number, columns: readonly (readonly [low: number, high: number])[]): ReviewTraces {
  const empty = columns.map(() => [0, 0] as const);
  const all = [...empty, ...columns];
  return {
    fromSample: 0,
    samplesPerColumn,
    columns: columns.length,
    firstChannel: 4,
    channels: 2,
    minimum: Int16Array.from(all, ([low]) => low),
    maximum: Int16Array.from(all, ([, high]) => high),
  };
}

const none = [32_767, -32_768] as const;

describe('columns of pixels', () => {
  it('hold the least and the greatest of every column that falls on them, so that no spike vanishes', () => {
    const columns = emptyColumns(0, 4, 3);
    const traces = piece(2, [[-1, 1], [-9, 2], [0, 0], [3, 3], none, none]);
    addTraces(columns, traces, 5, 0, 12);
    expect([...columns.lows]).toEqual([-9, 0, NaN]);
    expect([...columns.highs]).toEqual([2, 3, NaN]);
  });

  it('take only the stretch that a piece is used for, and only its electrodes', () => {
    const columns = emptyColumns(0, 2, 4);
    const traces = piece(2, [
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
    addTraces(columns, traces, 5, 2, 6);
    addTraces(columns, traces, 6, 0, 8);
    addTraces(columns, traces, 3, 0, 8);
    expect([...columns.highs]).toEqual([NaN, 2, 3, NaN]);
  });

  it('begin where the window does, also between the columns of a piece', () => {
    const columns = emptyColumns(3, 2, 2);
    addTraces(
      columns,
      piece(2, [
        [1, 1],
        [2, 2],
        [3, 3],
        [4, 4],
      ]),
      5,
      0,
      8,
    );
    expect([...columns.lows]).toEqual([2, 3]);
    expect([...columns.highs]).toEqual([3, 4]);
  });

  it('draw straight lines from sample to sample where there are more pixels than samples, and none over a gap', () => {
    const columns = emptyColumns(0, 0.5, 8);
    addTraces(columns, piece(1, [[0, 0], [10, 10], none, [4, 4]]), 5, 0, 4);
    expect([...columns.lows]).toEqual([0, 5, 10, 10, NaN, 4, 4, 4]);
    expect([...columns.highs]).toEqual([5, 10, 10, 10, NaN, 4, 4, 4]);
  });

  it('touch their neighbours, but not over a gap', () => {
    const columns = emptyColumns(0, 1, 4);
    columns.lows.set([0, 5, NaN, -3]);
    columns.highs.set([1, 6, NaN, -2]);
    joinColumns(columns);
    expect([...columns.lows]).toEqual([0, 1, NaN, -3]);
    expect([...columns.highs]).toEqual([1, 6, NaN, -2]);
  });
});
