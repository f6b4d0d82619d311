import { describe, expect, it } from 'vitest';
import { OperatorWatch } from './operator-watch.ts';

const second = 1e9;
const limits = { presenceMaxSeconds: 900, pageSilentMaxMilliseconds: 5000 };
const connectedNs = 50 * second;

/** At an age of the last sign, and with a page that has just drawn. */
function checkAfter(absentSeconds: number) {
  const watch = new OperatorWatch(connectedNs);
  watch.noteSign(connectedNs + second);
  const nowNs = connectedNs + second + absentSeconds * second;
  watch.notePage(nowNs);
  return { watch, faults: watch.check(nowNs, limits) };
}

describe('S33: OperatorWatch', () => {
  it.each([
    [0, undefined],
    [900 - 1e-9, undefined],
    [900, undefined],
    [900.6, '15.0'],
    [3600, '60.0'],
  ])('H65: judges an operator who gave no sign for %d s', (absentSeconds, minutes) => {
    const { faults } = checkAfter(absentSeconds);
    if (minutes === undefined) expect(faults).toEqual([]);
    else {
      const message = `There has been no sign of the operator for ${minutes} min.`;
      const value = expect.closeTo(absentSeconds / 60, 6) as number;
      expect(faults).toEqual([{ code: 'operator-absent', message, value, bound: 15, unit: 'min' }]);
    }
  });

  it('H65: a sign of the operator begins the time anew, and so does the held control', () => {
    const watch = new OperatorWatch(0);
    const codesAt = (nowNs: number) => {
      watch.notePage(nowNs);
      return watch.check(nowNs, limits).map(({ code }) => code);
    };
    expect(codesAt(901 * second)).toEqual(['operator-absent']);
    watch.noteSign(901 * second);
    expect(codesAt(1801 * second)).toEqual([]);
    expect(codesAt(1802 * second)).toEqual(['operator-absent']);
    watch.noteHeld(1802 * second);
    expect(codesAt(2702 * second)).toEqual([]);
    expect(codesAt(2703 * second)).toEqual(['operator-absent']);
  });

  it('H65: knows when the presence control was held: never, before it is, and not by another sign', () => {
    const watch = new OperatorWatch(second);
    expect(watch.presentNs).toBe(second);
    expect(watch.heldNs).toBe(-Infinity);
    watch.noteSign(2 * second);
    expect([watch.presentNs, watch.heldNs]).toEqual([2 * second, -Infinity]);
    watch.noteHeld(3 * second);
    expect([watch.presentNs, watch.heldNs]).toEqual([3 * second, 3 * second]);
    watch.noteSign(4 * second);
    expect([watch.presentNs, watch.heldNs]).toEqual([4 * second, 3 * second]);
  });

  it('H65: what was let go is held no longer, and who let go was there', () => {
    const watch = new OperatorWatch(0);
    watch.noteHeld(3 * second);
    watch.noteReleased();
    expect([watch.presentNs, watch.heldNs]).toEqual([3 * second, -Infinity]);
  });

  it.each([
    [5000 - 1e-6, undefined],
    [5000, undefined],
    [5000 + 1e-6, '5.0'],
    [30_000, '30.0'],
  ])('H43: judges pages that have been silent for %d ms', (silentMilliseconds, seconds) => {
    const watch = new OperatorWatch(0);
    watch.notePage(second);
    const faults = watch.check(second + silentMilliseconds * 1e6, limits);
    if (seconds === undefined) expect(faults).toEqual([]);
    else {
      const message = `No page has shown the rig for ${seconds} s.`;
      const value = expect.closeTo(silentMilliseconds / 1000, 6) as number;
      expect(faults).toEqual([{ code: 'page-gone', message, value, bound: 5, unit: 's' }]);
    }
  });

  it('H43: a sign of the operator does not stand for a page, nor a page for the operator', () => {
    const watch = new OperatorWatch(0);
    watch.noteHeld(6 * second);
    expect(watch.check(6 * second, limits)).toMatchObject([{ code: 'page-gone' }]);
    watch.notePage(906.1 * second);
    expect(watch.check(906.1 * second, limits)).toMatchObject([{ code: 'operator-absent' }]);
  });

  it('names both when both are gone', () => {
    expect(new OperatorWatch(0).check(1000 * second, limits)).toMatchObject([
      { code: 'operator-absent' },
      { code: 'page-gone' },
    ]);
  });

  it('H65: takes a time that is no number for absence', () => {
    const watch = new OperatorWatch(0);
    expect(watch.check(Number.NaN, limits)).toMatchObject([{ code: 'operator-absent' }, { code: 'page-gone' }]);
    watch.noteSign(Number.NaN);
    watch.notePage(Number.NaN);
    expect(watch.check(1, limits)).toMatchObject([{ code: 'operator-absent' }, { code: 'page-gone' }]);
    const none = { presenceMaxSeconds: Number.NaN, pageSilentMaxMilliseconds: Number.NaN };
    expect(new OperatorWatch(0).check(0, none)).toMatchObject([{ code: 'operator-absent' }, { code: 'page-gone' }]);
  });
});
