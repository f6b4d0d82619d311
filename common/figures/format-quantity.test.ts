import { describe, expect, it } from 'vitest';
import {
  formatClock,
  formatDuration,
  formatHertz,
  formatMicrovolts,
  formatMilliseconds,
  formatNumber,
  formatSpan,
} from './format-quantity.ts';

describe('quantities', () => {
  it('have three significant digits and a true minus sign', () => {
    expect([0, 0.42051, 4.2, -83.04, 1_208, 761_004, NaN].map(formatNumber)).toEqual([
      ...['0', '0.421', '4.2', '−83', '1,208', '761,004', '–'],
    ]);
  });

  it('have the prefix that suits their size', () => {
    expect([-83.04, 1_234, 2.5e6].map(formatMicrovolts)).toEqual(['−83 µV', '1.23 mV', '2.5 V']);
    expect([0.00035, 0.05, 1.5].map(formatSpan)).toEqual(['350 µs', '50 ms', '1.5 s']);
    expect([4.84, 1_200].map(formatHertz)).toEqual(['4.8 Hz', '1.2 kHz']);
    expect(formatMilliseconds(0.4312)).toBe('0.431 ms');
  });

  it('write times as hh:mm:ss.mmm and durations in two units', () => {
    expect(formatClock(761.2069)).toBe('00:12:41.207');
    expect(formatClock(59.9999)).toBe('00:01:00.000');
    expect([380, 11.2, 3_900, -1].map(formatDuration)).toEqual(['6 min 20 s', '12 s', '1 h 5 min', '0 s']);
  });
});
