import { expect, it } from 'vitest';
import { FakeClock } from '../../../common/base/clock.ts';
import { SinglePulseRule } from './single-pulse-rule.ts';

it('a stimulator of class L1 may fire one pulse a second, while the dead-man is held', () => {
  const deadMan = { isHeld: false };
  const clock = new FakeClock();
  const rule = new SinglePulseRule(deadMan, clock);
  expect(rule.refusal()).toBe('the dead-man is not held');
  deadMan.isHeld = true;
  expect(rule.refusal()).toBeUndefined();
  clock.advanceMilliseconds(999);
  expect(rule.refusal()).toBe('the last pulse was 999 ms ago, less than 1000');
  deadMan.isHeld = false;
  clock.advanceMilliseconds(1);
  expect(rule.refusal()).toBe('the dead-man is not held');
  deadMan.isHeld = true;
  expect(rule.refusal()).toBeUndefined();
  expect(rule.refusal()).toBe('the last pulse was 0 ms ago, less than 1000');
});
