import { describe, expect, it } from 'vitest';
import { lineThrough, rangeOf } from './value-line.ts';

describe('a line of values', () => {
  it('has its newest value at the right and its largest at the top', () => {
    expect(lineThrough([0, 1], 5, 40, 0, 1)).toBe('M3 40L4 0');
  });

  it('shows the newest where there are more than fit', () => {
    expect(lineThrough([9, 0, 1], 2, 40, 0, 1)).toBe('M0 40L1 0');
  });

  it('has a range with a margin, also where all values are the same or none is there', () => {
    expect(rangeOf([[0, 2], [1]])).toEqual([-0.1, 2.1]);
    expect(rangeOf([[5, 5]])).toEqual([4.5, 5.5]);
    expect(rangeOf([])).toEqual([-1, 1]);
  });
});
