import { describe, expect, it } from 'vitest';
import { networkArcs } from './network-arcs.ts';

const geometry = { pitch: 200, boxWidth: 120, boxHeight: 60, height: 240 };
/** Every number of a path, as pairs. */
const points = (path: string) => path.match(/-?[\d.]+/g)!.map(Number);

describe('the lines of a diagram', () => {
  it('join neighbours straight, from edge to edge', () => {
    const [line] = networkArcs([{ from: 0, to: 1 }], geometry);
    expect(line).toEqual({ path: 'M160 120H240', end: { x: 240, y: 120, degrees: 0 } });
  });

  it('pass above when they go forward and below when they go back, and stay inside', () => {
    const [forward, back] = networkArcs(
      [
        { from: 0, to: 3 },
        { from: 3, to: 0 },
      ],
      geometry,
    );
    expect(forward!.end).toMatchObject({ y: 90, degrees: 90 });
    expect(back!.end).toMatchObject({ y: 150, degrees: -90 });
    // Curves stay inside three quarters of the way to their handles.
    const handles = [points(forward!.path)[3]!, points(back!.path)[3]!];
    expect(90 + (handles[0]! - 90) * 0.75).toBeGreaterThanOrEqual(0);
    expect(150 + (handles[1]! - 150) * 0.75).toBeLessThanOrEqual(240);
  });

  it('rise higher the farther they go', () => {
    const [near, far] = networkArcs(
      [
        { from: 0, to: 2 },
        { from: 0, to: 4 },
      ],
      geometry,
    );
    expect(points(far!.path)[3]!).toBeLessThan(points(near!.path)[3]!);
  });

  it('do not lie on each other when they have the same ends', () => {
    for (const ends of [
      { from: 0, to: 1 },
      { from: 1, to: 1 },
      { from: 2, to: 0 },
    ]) {
      const paths = networkArcs([ends, ends, ends, { from: 0, to: 5 }], geometry).map(({ path }) => path);
      expect(new Set(paths).size).toBe(4);
    }
  });
});
