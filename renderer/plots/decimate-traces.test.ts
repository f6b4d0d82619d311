import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ColumnExtents, completeSeconds, decimateTraces } from './decimate-traces.ts';
import { traceLayout } from './live-messages.fixture.ts';
import { TraceBuffer } from './trace-buffer.ts';

const binSeconds = 0.001;

/** One channel of a hundred, so that a mistake in the stride shows. */
function tracesOf(bins: [min: number, max: number][], firstBin = 0, channels = 3, channel = 1): TraceBuffer {
  const traces = new TraceBuffer(10);
  const [min, max] = [new Int16Array(bins.length * channels), new Int16Array(bins.length * channels)];
  bins.forEach(([low, high], bin) => {
    min[bin * channels + channel] = low;
    max[bin * channels + channel] = high;
  });
  traces.push(traceLayout({ firstBin, bins: bins.length, channels, binSeconds }), min, max);
  return traces;
}

function decimate(traces: TraceBuffer, from: number, to: number, binsPerColumn: number) {
  const extents = new ColumnExtents();
  decimateTraces(traces, { firstRow: 1, rows: 1, from, to, binsPerColumn }, extents);
  return Array.from({ length: to - from }, (_, column) => ({
    low: extents.low[column]!,
    high: extents.high[column]!,
    hasLoss: extents.hasLoss[column] === 1,
  }));
}

describe('decimateTraces', () => {
  it('lets no extreme value vanish, at any number of bins per column', () => {
    const bin = fc.tuple(fc.integer({ min: -500, max: 0 }), fc.integer({ min: 0, max: 500 }));
    const zoom = fc.double({ min: 1, max: 37, noNaN: true });
    fc.assert(
      fc.property(fc.array(bin, { minLength: 1, maxLength: 300 }), zoom, (bins, binsPerColumn) => {
        const columns = decimate(tracesOf(bins), 0, Math.ceil(bins.length / binsPerColumn), binsPerColumn);
        expect(Math.min(...columns.map(({ low }) => low))).toBe(Math.min(...bins.map(([low]) => low)));
        expect(Math.max(...columns.map(({ high }) => high))).toBe(Math.max(...bins.map(([, high]) => high)));
      }),
    );
  });

  it('puts each bin into exactly one column', () => {
    const spike: [number, number] = [-300, 10];
    for (let at = 0; at < 20; at++) {
      const bins = Array.from({ length: 20 }, (_, bin): [number, number] => (bin === at ? spike : [-1, 1]));
      const columns = decimate(tracesOf(bins), 0, 8, 2.5);
      expect(columns.filter(({ low }) => low === -300)).toHaveLength(1);
    }
  });

  it('draws lines between the middles of bins that are wider than a column', () => {
    const columns = decimate(
      tracesOf([
        [0, 0],
        [100, 100],
        [0, 0],
      ]),
      2,
      10,
      0.25,
    );
    expect(columns.map(({ low }) => low)).toEqual([0, 25, 50, 75, 75, 50, 25, 0]);
    expect(columns.map(({ high }) => high)).toEqual([25, 50, 75, 100, 100, 75, 50, 25]);
  });

  it('marks a column in which bins were lost and leaves it out where nothing came', () => {
    const traces = tracesOf([
      [-1, 1],
      [-1, 1],
    ]);
    const more = tracesOf([[-9, 9]], 5);
    traces.push(
      traceLayout({ firstBin: 5, bins: 1, channels: 3, binSeconds }),
      more.min.slice(15, 18),
      more.max.slice(15, 18),
    );
    const columns = decimate(traces, 0, 3, 2);
    expect(columns.map(({ hasLoss }) => hasLoss)).toEqual([false, true, true]);
    expect(columns[1]!.low).toBeGreaterThan(columns[1]!.high);
    expect(columns[2]).toMatchObject({ low: -9, high: 9 });
  });

  it('does not call lost what came before the buffer or has not come yet', () => {
    const traces = tracesOf(
      [
        [-1, 1],
        [-1, 1],
      ],
      10,
    );
    for (const binsPerColumn of [2, 0.5]) {
      const columns = decimate(traces, 0, Math.round(40 / binsPerColumn), binsPerColumn);
      expect(columns.some(({ hasLoss }) => hasLoss)).toBe(false);
      expect(columns.some(({ low, high }) => low <= high)).toBe(true);
    }
  });

  it('paints up to the newest bin, or to the line that reaches it', () => {
    const traces = tracesOf([
      [-1, 1],
      [-1, 1],
    ]);
    expect(completeSeconds(traces, 2 * binSeconds)).toBe(2 * binSeconds);
    expect(completeSeconds(traces, binSeconds / 4)).toBe(binSeconds);
  });
});
