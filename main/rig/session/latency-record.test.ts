import { describe, expect, it } from 'vitest';
import { latencyBin, latencyBins } from '../../../common/contract/streams.ts';
import { LatencyRecord } from './latency-record.ts';

describe('LatencyRecord', () => {
  it('gives percentiles of the last thousand ticks', () => {
    const record = new LatencyRecord();
    for (let tick = 0; tick < 500; tick++) record.add(900, 0);
    for (let tick = 1; tick <= 1000; tick++) record.add(tick / 100, 0);
    const { p50, p99, max } = record.recent();
    expect(p50).toBeCloseTo(5.01);
    expect(p99).toBeCloseTo(9.91);
    expect(max).toBeCloseTo(10);
    expect(record.ticks).toBe(1500);
  });

  it('counts late ticks by how they were handled, and every tick in the histogram', () => {
    const record = new LatencyRecord();
    record.add(1, 0);
    record.add(7, 3);
    record.add(7, 3);
    record.add(8, 2);
    expect(record.lateTicks).toBe(3);
    expect(record.lateHandling()).toEqual({ 'no result': 2, 'late, refused': 1 });
    expect(record.histogram.reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(record.histogram[latencyBin(7)]).toBe(2);
  });

  it('keeps latencies outside the histogram’s range in its end bins', () => {
    expect(latencyBin(0)).toBe(0);
    expect(latencyBin(1e9)).toBe(latencyBins.count - 1);
  });
});
