import { describe, expect, it } from 'vitest';
import { differentCurrents, differentStatistics } from './compare.ts';

const statistics = { rateHz: 10, cv: 0.8, correlation: 0.2 };

describe('the comparison of two simulators', () => {
  it('lets pass what two draws may differ by, and names what is more', () => {
    expect(differentCurrents([1, 2], [100, 0], [103, 2])).toEqual([]);
    expect(differentCurrents([1, 2], [100, 0], [105, 2])).toEqual(['100 spikes at a drive of 1 instead of 105']);
    expect(differentStatistics(statistics, { rateHz: 10.5, cv: 0.83, correlation: 0.185 })).toEqual([]);
    expect(differentStatistics(statistics, { rateHz: 12, cv: 0.9, correlation: 0.1 })).toEqual([
      'a rate of 10.000 instead of 12.000',
      'a CV of 0.800 instead of 0.900',
      'a correlation of 0.200 instead of 0.100',
    ]);
  });
});
