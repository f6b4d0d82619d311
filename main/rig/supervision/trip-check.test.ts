import { describe, expect, it } from 'vitest';
import { TripCheck } from './trip-check.ts';

const millisecond = 1e6;
const trippedNs = 1e9;
const trippedMicroseconds = 5_000_000;

/** Tripped at host 1 s, device 5 s, with a lease of 100 ms. */
function tripped(): TripCheck {
  const check = new TripCheck();
  check.begin(trippedNs, trippedMicroseconds, 100);
  return check;
}

const after = (milliseconds: number) => trippedNs + milliseconds * millisecond;

describe('TripCheck', () => {
  it('passes when no pulse began after the trip, and says how fast the stop was', () => {
    const check = tripped();
    check.confirm(after(12.5));
    expect(check.report(after(100))).toEqual({
      confirmedAfterMilliseconds: 12.5,
      lastPulseAfterMicroseconds: undefined,
      boundMicroseconds: 100_000,
      isPassed: true,
    });
  });

  it('says nothing before the device has confirmed, however late it is', () => {
    const check = tripped();
    expect(check.report(after(10_000))).toBeUndefined();
    check.confirm(after(10_000));
    expect(check.report(after(10_000))).toMatchObject({ confirmedAfterMilliseconds: 10_000, isPassed: true });
  });

  it('says nothing before the lease is over: a pulse within it may still be reported', () => {
    const check = tripped();
    check.confirm(after(5));
    for (const milliseconds of [5, 99, 100 - 1e-6]) expect(check.report(after(milliseconds))).toBeUndefined();
    expect(check.report(after(100))).toMatchObject({ isPassed: true });
    expect(check.report(Number.NaN)).toBeUndefined();
  });

  it('counts the first confirmation only', () => {
    const check = tripped();
    check.confirm(after(5));
    check.confirm(after(50));
    expect(check.report(after(100))).toMatchObject({ confirmedAfterMilliseconds: 5 });
  });

  it.each([
    [-1000, undefined, true],
    [0, undefined, true],
    [1, 1, true],
    [99_999, 99_999, true],
    [100_000, 100_000, true],
    [100_001, 100_001, false],
    [Infinity, Infinity, false],
    [Number.NaN, Number.NaN, false],
  ])('judges a pulse that began %d µs after the trip', (microseconds, last, isPassed) => {
    const check = tripped();
    check.confirm(after(5));
    check.notePulse(trippedMicroseconds + microseconds);
    expect(check.report(after(100))).toMatchObject({ isPassed });
    expect(check.report(after(100))!.lastPulseAfterMicroseconds).toBe(last);
  });

  it('judges by the last pulse in device time, in whatever order they are reported', () => {
    for (const starts of [
      [10, 100_001, 20],
      [100_001, 10, 20],
      [10, 20, 100_001],
    ]) {
      const check = tripped();
      check.confirm(after(5));
      for (const start of starts) check.notePulse(trippedMicroseconds + start);
      expect(check.report(after(100))).toMatchObject({ lastPulseAfterMicroseconds: 100_001, isPassed: false });
    }
  });

  it('fails for good on a start that is no number, whatever follows', () => {
    const check = tripped();
    check.confirm(after(5));
    check.notePulse(Number.NaN);
    check.notePulse(trippedMicroseconds + 1);
    expect(check.report(after(100))).toMatchObject({ isPassed: false });
  });

  it('begins anew at each trip', () => {
    const check = tripped();
    check.confirm(after(5));
    check.notePulse(trippedMicroseconds + 200_000);
    check.begin(after(1000), trippedMicroseconds + 1_000_000, 20);
    expect(check.report(after(2000))).toBeUndefined();
    check.confirm(after(1001));
    expect(check.report(after(1020))).toEqual({
      confirmedAfterMilliseconds: 1,
      lastPulseAfterMicroseconds: undefined,
      boundMicroseconds: 20_000,
      isPassed: true,
    });
  });

  it('has nothing to say before a trip', () => {
    const check = new TripCheck();
    expect(check.report(0)).toBeUndefined();
  });
});
