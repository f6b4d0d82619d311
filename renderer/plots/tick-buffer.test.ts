import { describe, expect, it } from 'vitest';
import { TickBuffer } from './tick-buffer.ts';

const push = (ticks: TickBuffer, fromSeconds: number, latencies: number[], stepSeconds = 0.02) =>
  ticks.push(
    Float64Array.from(latencies, (_, tick) => fromSeconds + tick * stepSeconds),
    Float32Array.from(latencies),
  );

describe('TickBuffer', () => {
  it('gathers each tenth of a second into minimum, median and maximum', () => {
    const ticks = new TickBuffer(60);
    push(ticks, 0.01, [4, 1, 3, 2, 8]);
    expect(ticks.columns).toEqual([]);
    push(ticks, 0.11, [1]);
    expect(ticks.columns).toEqual([{ seconds: 0, min: 1, median: 3, max: 8 }]);
  });

  it('loses no maximum, even of a column with very many ticks', () => {
    const ticks = new TickBuffer(60);
    push(ticks, 0, [...Array<number>(3_000).fill(1), 99], 0.00001);
    push(ticks, 0.11, [1]);
    expect(ticks.columns[0]).toMatchObject({ median: 1, max: 99 });
  });

  it('forgets what is older than it was told to keep', () => {
    const ticks = new TickBuffer(0.2);
    for (let column = 0; column < 5; column++) push(ticks, column / 10 + 0.01, [column]);
    expect(ticks.columns.map(({ max }) => max)).toEqual([2, 3]);
  });

  it('keeps everything when a tick ends after younger ones, and counts it where it ended', () => {
    const ticks = new TickBuffer(60);
    push(ticks, 9.01, [1]);
    push(ticks, 9.11, [1]);
    push(ticks, 9.09, [7]);
    push(ticks, 9.21, [1]);
    expect(ticks.columns.map(({ max }) => max)).toEqual([1, 7]);
    expect(ticks.newestSeconds).toBe(9.21);
  });
});
