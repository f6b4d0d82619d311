import { describe, expect, it } from 'vitest';
import { LateTicks } from './late-ticks.ts';
import { testLimits } from './limits.fixture.ts';

/** Three late ones of the last five, or one of 20 ms. The bench alone lets a window be as short. */
const { timing } = testLimits({ timing: { lateTicksToTrip: 3, lateTicksWindow: 5 } });
const inTimeNs = 1e6;

/** @returns the ticks, from 0 on, at which there was a fault. */
function faultsAt(ticks: LateTicks, pattern: string): number[] {
  return [...pattern].flatMap((tick, index) => (ticks.note(tick === 'L', inTimeNs) === undefined ? [] : [index]));
}

describe('LateTicks', () => {
  it('S14: trips on one tick that is older than the limit, and on one whose age is not known', () => {
    const ticks = new LateTicks(timing);
    expect(ticks.note(true, 20e6 - 1)).toBeUndefined();
    expect(ticks.note(false, 20e6)).toBeUndefined();
    expect(ticks.note(false, 20e6 + 1)).toEqual({
      code: 'late-tick',
      message: 'A tick took 20.0 ms from sample to end; 20 ms are allowed.',
      value: 20.000001,
      bound: 20,
      unit: 'ms',
    });
    expect(ticks.note(false, NaN)).toMatchObject({ code: 'late-tick', value: NaN, bound: 20 });
    expect(ticks.note(false, Infinity)).toMatchObject({ code: 'late-tick', value: Infinity });
    expect(ticks.count).toBe(1);
  });

  it('S14: trips on the third late tick among the last five', () => {
    const ticks = new LateTicks(timing);
    expect(faultsAt(ticks, 'LL')).toEqual([]);
    expect(ticks.note(true, inTimeNs)).toEqual({
      code: 'late-ticks',
      message: '3 of the last 5 ticks were late; fewer than 3 are allowed.',
      value: 3,
      bound: 3,
      unit: 'of 5',
    });
    expect(ticks.note(true, inTimeNs)).toMatchObject({ code: 'late-ticks', value: 4, bound: 3 });
    expect(ticks.count).toBe(4);
  });

  it.each([
    ['LL...LL...LL', []],
    ['L.L.L', [4]],
    ['L.L..L.L..L', []],
    ['..L..LL..LL', [6, 9, 10]],
    ['..L..LL.L.', [6, 8, 9]],
    ['LLL..L', [2, 3, 4, 5]],
    ['LLL...L', [2, 3, 4]],
  ])('S14: counts only the last ticks: %s', (pattern, expected) => {
    expect(faultsAt(new LateTicks(timing), pattern)).toEqual(expected);
  });

  it('S14: takes a limit of none for one that every tick breaks', () => {
    const none = testLimits({ timing: { lateTicksToTrip: 0, lateTicksWindow: 5 } });
    expect(new LateTicks(none.timing).note(false, inTimeNs)).toMatchObject({ code: 'late-ticks', value: 0, bound: 0 });
  });

  it('begins anew when it is cleared', () => {
    const ticks = new LateTicks(timing);
    faultsAt(ticks, '.LL');
    ticks.clear();
    expect(ticks.count).toBe(0);
    expect(faultsAt(ticks, 'LL...L')).toEqual([]);
    expect(ticks.count).toBe(2);
  });

  it('S07: holds tighter limits from now on, over the ticks that it remembers as well', () => {
    const tighter = testLimits({
      timing: { lateTicksToTrip: 2, lateTicksWindow: 7, dataAgeToTripMicroseconds: 10_000 },
    });
    const ticks = new LateTicks(timing);
    faultsAt(ticks, '.LL....L');
    expect(ticks.count).toBe(1);
    ticks.tighten(tighter.timing);
    expect(ticks.count).toBe(1);
    expect(ticks.note(false, 10e6)).toBeUndefined();
    expect(ticks.note(false, 10e6 + 1)).toMatchObject({ code: 'late-tick', bound: 10 });
    expect(faultsAt(ticks, '...L')).toEqual([3]);
    expect(faultsAt(ticks, '.')).toEqual([]);
    expect(ticks.count).toBe(1);
  });

  it('S07: keeps the order of the ticks when its window becomes longer', () => {
    const longer = testLimits({ timing: { lateTicksToTrip: 3, lateTicksWindow: 7 } });
    const ticks = new LateTicks(timing);
    faultsAt(ticks, '.....L.L');
    ticks.tighten(longer.timing);
    expect(faultsAt(ticks, '...L.L')).toEqual([3, 5]);
  });
});
