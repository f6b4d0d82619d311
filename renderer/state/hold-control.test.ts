import { expect, test } from 'vitest';
import { FakePageTime } from '../time/fake-page-time.ts';
import { HoldControl } from './hold-control.svelte.ts';

function begin() {
  const time = new FakePageTime();
  const held: number[] = [];
  return { time, held, hold: new HoldControl((milliseconds) => held.push(milliseconds), time) };
}

test('it acts once, when it has been held for a whole second', () => {
  const { time, held, hold } = begin();
  hold.press();
  time.advance(990);
  expect(held).toEqual([]);
  expect(hold.fraction).toBeGreaterThan(0.9);
  time.advance(30);
  expect(held).toHaveLength(1);
  expect(held[0]).toBeGreaterThanOrEqual(1000);
  time.advance(5000);
  expect(held).toHaveLength(1);
  expect(time.pending).toBe(0);
});

test('letting go early does nothing, and the time of the next press begins anew', () => {
  const { time, held, hold } = begin();
  hold.press();
  time.advance(900);
  hold.release();
  expect(hold.fraction).toBe(0);
  hold.press();
  time.advance(900);
  hold.release();
  expect(held).toEqual([]);
});

test('a press while it is held does not begin anew', () => {
  const { time, held, hold } = begin();
  hold.press();
  time.advance(600);
  hold.press();
  time.advance(450);
  expect(held).toHaveLength(1);
});
