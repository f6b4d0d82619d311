import { describe, expect, it } from 'vitest';
import { PulseTimes } from './pulse-times.ts';
import { virtualLimits } from './stimulator-limits.ts';

const channels = 64;
const create = (change: Partial<typeof virtualLimits> = {}) =>
  new PulseTimes(channels, { ...virtualLimits, ...change });

describe('the times between pulses', () => {
  it('H61: keep an electrode free until its pulse is over', () => {
    const times = create({ rateMaxHz: 1e6 });
    times.add(3, 1000, 450);
    expect(times.refusal(3, 1449)).toBe('busy');
    expect(times.refusal(3, 1450)).toBeUndefined();
    expect(times.refusal(4, 1001)).toBeUndefined();
  });

  it('hold the rate of an electrode', () => {
    const times = create();
    times.add(3, 1000, 200);
    expect(times.refusal(3, 2999)).toBe('rate');
    expect(times.refusal(3, 3000)).toBeUndefined();
  });

  it('let only so many electrodes deliver at once', () => {
    const times = create({ simultaneousElectrodesMax: 2 });
    times.add(0, 0, 200);
    expect(times.refusal(2, 0)).toBeUndefined();
    times.add(1, 0, 300);
    expect(times.refusal(2, 199)).toBe('simultaneous');
    expect(times.refusal(2, 200)).toBeUndefined();
  });

  it('hold the rate of all electrodes together in every second', () => {
    const times = create({ totalRateMaxHz: 3 });
    for (const [electrode, start] of [0, 10, 20].entries()) times.add(electrode, start, 1);
    expect(times.refusal(9, 999_999)).toBe('total-rate');
    expect(times.refusal(9, 1_000_000)).toBeUndefined();
    times.add(9, 1_000_000, 1);
    expect(times.refusal(10, 1_000_009)).toBe('total-rate');
    expect(times.refusal(10, 1_000_010)).toBeUndefined();
  });

  it('refuse when time goes back: nothing is known of what happens now', () => {
    const times = create();
    times.add(3, 5000, 200);
    expect(times.refusal(3, 0)).toBe('busy');
  });
});
