import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { EventBuffer } from './event-buffer.ts';

describe('EventBuffer', () => {
  it('keeps the newest events and their numbers and values', () => {
    const events = new EventBuffer(4);
    events.push(Float64Array.of(1, 2, 3), Uint16Array.of(10, 20, 30), Float32Array.of(-1, -2, -3));
    events.push(Float64Array.of(4, 5), Uint16Array.of(40, 50), Float32Array.of(-4, -5));
    expect([events.first, events.end]).toEqual([1, 5]);
    expect([events.secondsAt(1), events.idAt(1), events.valueAt(1)]).toEqual([2, 20, -2]);
    expect([events.secondsAt(4), events.idAt(4), events.valueAt(4)]).toEqual([5, 50, -5]);
  });

  it('takes no memory for values that it is told not to keep', () => {
    const events = new EventBuffer(4, false);
    events.push(Float64Array.of(1), Uint32Array.of(70_000));
    expect([events.idAt(0), events.valueAt(0)]).toEqual([70_000, 0]);
  });

  it('finds the first event at or after a time among those it keeps', () => {
    const times = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 });
    fc.assert(
      fc.property(times, fc.integer({ min: -1, max: 51 }), (unsorted, wanted) => {
        const sorted = [...unsorted].sort((a, b) => a - b);
        const events = new EventBuffer(16);
        events.push(Float64Array.from(sorted), new Uint16Array(sorted.length));
        const index = sorted.findIndex((time, at) => time >= wanted && at >= events.first);
        expect(events.firstAtOrAfter(wanted)).toBe(index < 0 ? sorted.length : index);
      }),
    );
  });
});
