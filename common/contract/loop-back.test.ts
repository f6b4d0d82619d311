import { expect, test } from 'vitest';
import { latencyQuantile, type LoopBackResult, loopBackVerdict } from './loop-back.ts';

const result = (more: Partial<LoopBackResult> = {}): LoopBackResult => ({
  electrode: 0,
  sent: 3,
  milliseconds: [1, 2, 5],
  unanswered: 0,
  refused: {},
  limitMilliseconds: 5,
  ...more,
});

test('a quantile is a value that was measured, whatever the order', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0.5, 0.99, 1].map((share) => latencyQuantile(hundred, share))).toEqual([50, 99, 100]);
  expect(latencyQuantile([7], 0.5)).toBe(7);
  expect(latencyQuantile([10, 9], 0)).toBe(9);
  expect(latencyQuantile([], 0.5)).toBeUndefined();
});

test('only a test of which every pulse was delivered in time is good', () => {
  expect(loopBackVerdict(result())).toMatchObject({ isGood: true, what: expect.stringContaining('All 3') as unknown });
  const bad = [
    [{ milliseconds: [1, 2, 5.01] }, /^1 of 3 pulses took longer than the deadline of 5 ms/],
    [{ milliseconds: [1, 2, Number.NaN] }, /^1 of 3 pulses took longer/],
    [{ unanswered: 1, milliseconds: [1, 2] }, /^1 of 3 pulses were not acknowledged/],
    [{ refused: { rate: 2 }, milliseconds: [1] }, /reference load: 2 × rate/],
    [{ endedEarly: 'it was stopped (the rig is tripped)' }, /^The test ended after 3 pulses: it was stopped/],
  ] as const;
  for (const [more, words] of bad) {
    const { isGood, what, toDo } = loopBackVerdict(result(more as Partial<LoopBackResult>));
    expect(isGood).toBe(false);
    expect(what).toMatch(words);
    expect(toDo).not.toBe('');
  }
});
