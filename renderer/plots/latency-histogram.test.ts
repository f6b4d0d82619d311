import { describe, expect, it } from 'vitest';
import { latencyBin, latencyBins } from '../../common/contract/streams.ts';
import { binOfLatency, filledBins, histogramQuantile, latencyAtBin } from './latency-histogram.ts';

function histogramOf(latencies: number[]): Uint32Array {
  const counts = new Uint32Array(latencyBins.count);
  for (const latency of latencies) counts[latencyBin(latency)]!++;
  return counts;
}

describe('the latency histogram', () => {
  it('has its axis where the contract puts the bins', () => {
    for (const latency of [0.012, 0.4, 1.01, 7.3, 90]) {
      const bin = latencyBin(latency);
      expect(latencyAtBin(bin)).toBeLessThanOrEqual(latency);
      expect(latencyAtBin(bin + 1)).toBeGreaterThan(latency);
      expect(Math.floor(binOfLatency(latency))).toBe(bin);
    }
  });

  it('gives quantiles to within a bin', () => {
    const latencies = Array.from({ length: 1_000 }, (_, index) => 0.1 + index * 0.001);
    const counts = histogramOf(latencies);
    expect(histogramQuantile(counts, 0.5)! / 0.6).toBeCloseTo(1, 1);
    expect(histogramQuantile(counts, 0.99)! / 1.09).toBeCloseTo(1, 1);
    expect(histogramQuantile(new Uint32Array(latencyBins.count), 0.5)).toBeNull();
  });

  it('knows the first and the last bin that hold something', () => {
    expect(filledBins(histogramOf([0.5, 12]))).toEqual({ first: latencyBin(0.5), last: latencyBin(12) });
    expect(filledBins(new Uint32Array(latencyBins.count))).toBeNull();
  });
});
