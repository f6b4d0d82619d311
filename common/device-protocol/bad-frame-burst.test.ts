import { describe, expect, it } from 'vitest';
import { BadFrameBurst } from './bad-frame-burst.ts';

describe('bad messages', () => {
  it('end a connection when a fourth comes within a second of the first', () => {
    const burst = new BadFrameBurst();
    expect([0, 400_000, 800_000].map((at) => burst.note(at))).toEqual([false, false, false]);
    expect(burst.note(999_999)).toBe(true);
  });

  it('are forgotten after a second', () => {
    const burst = new BadFrameBurst();
    const answers = [0, 1, 2, 1_000_000, 1_000_001, 1_000_002].map((at) => burst.note(at));
    expect(answers).toEqual([false, false, false, false, false, false]);
    expect(burst.note(1_000_003)).toBe(true);
  });

  it('are not forgotten because the clock goes back', () => {
    const burst = new BadFrameBurst();
    expect([5_000_000, 4_000_000, 3_000_000, 2_000_000].map((at) => burst.note(at))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});
