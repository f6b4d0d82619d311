import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { TimeNavigation } from './time-navigation.ts';
import { columnAt, layOutTime, secondsAt, type TimeMode, xOfColumn } from './time-window.ts';

const width = 1_000;
const kept = { firstSeconds: 40, endSeconds: 100 };

function navigation(mode: TimeMode = 'scroll', windowSeconds = 2) {
  const made = new TimeNavigation({ mode, windowSeconds, heldSeconds: null, isMoved: false });
  return { made, layout: () => layOutTime(made.window, width, kept.endSeconds) };
}

describe('a window of time', () => {
  it('has the newest at the right when it scrolls', () => {
    const { layout } = navigation('scroll');
    expect(secondsAt(layout(), width - 1)).toBeCloseTo(100, 2);
    expect(secondsAt(layout(), 0)).toBeCloseTo(98, 2);
  });

  it('keeps each moment at its place while a sweep goes on', () => {
    const window = { mode: 'sweep', windowSeconds: 2, heldSeconds: null, isMoved: false } as const;
    const earlier = layOutTime(window, width, 100.5);
    const later = layOutTime(window, width, 101.5);
    expect(xOfColumn(earlier, 50_100)).toBe(xOfColumn(later, 50_100));
  });

  it('finds under a pixel the column that is drawn there', () => {
    const layouts = fc.record({
      mode: fc.constantFrom<TimeMode>('sweep', 'scroll'),
      endSeconds: fc.double({ min: 0, max: 1e5, noNaN: true }),
      windowSeconds: fc.double({ min: 0.1, max: 30, noNaN: true }),
      x: fc.integer({ min: 0, max: width - 1 }),
    });
    fc.assert(
      fc.property(layouts, ({ mode, endSeconds, windowSeconds, x }) => {
        const layout = layOutTime({ mode, windowSeconds, heldSeconds: null, isMoved: false }, width, endSeconds);
        const column = columnAt(layout, x);
        expect(xOfColumn(layout, column)).toBe(x);
        expect(column).toBeGreaterThanOrEqual(layout.endColumn - width);
        expect(column).toBeLessThan(layout.endColumn);
      }),
    );
  });
});

describe('TimeNavigation', () => {
  it('holds the picture when it is moved, and follows again', () => {
    const { made, layout } = navigation();
    made.pan(250, layout(), kept);
    expect(made.window.heldSeconds).toBeCloseTo(99.5);
    made.release();
    expect(made.isHeld).toBe(false);
    expect(layout().endColumn).toBe(50_000);
  });

  it('does not move beyond what is kept', () => {
    const { made, layout } = navigation();
    made.pan(1e6, layout(), kept);
    expect(made.window.heldSeconds).toBe(42);
    made.pan(-1e6, layout(), kept);
    expect(made.window.heldSeconds).toBe(100);
  });

  it('keeps the moment under the pointer when a held picture is zoomed', () => {
    const { made, layout } = navigation();
    made.pan(5_000, layout(), kept);
    const before = secondsAt(layout(), 300);
    made.zoom(0.5, 300, layout(), kept);
    expect(made.window.windowSeconds).toBe(1);
    expect(secondsAt(layout(), 300)).toBeCloseTo(before, 2);
  });

  it('goes on following when a live picture is zoomed, within its limits', () => {
    const { made, layout } = navigation();
    made.zoom(1e6, 300, layout(), kept);
    expect([made.isHeld, made.window.windowSeconds]).toEqual([false, 30]);
    made.zoom(1e-6, 300, layout(), kept);
    expect(made.window.windowSeconds).toBe(0.1);
  });

  it('shows the stretch that was marked', () => {
    const { made, layout } = navigation();
    made.select(750, 250, layout(), kept);
    expect(secondsAt(layout(), 0)).toBeCloseTo(98.5, 2);
    expect(secondsAt(layout(), width - 1)).toBeCloseTo(99.5, 2);
  });

  it('lays a sweep out from oldest to newest once it is moved, not when it is held', () => {
    const { made, layout } = navigation('sweep');
    made.hold(kept);
    expect(layout().isSweep).toBe(true);
    made.pan(10, layout(), kept);
    expect(layout().isSweep).toBe(false);
  });
});
