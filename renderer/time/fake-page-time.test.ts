import { expect, test } from 'vitest';
import { FakePageTime } from './fake-page-time.ts';

test('appointments run in order of time, repeated ones again and again, disposed ones never', () => {
  const time = new FakePageTime();
  const ran: string[] = [];
  time.after(30, () => ran.push(`late ${time.nowMs()}`));
  const beat = time.every(10, () => ran.push(`beat ${time.nowMs()}`));
  time.after(5, () => ran.push('called off')).dispose();
  time.advance(30);
  beat.dispose();
  time.advance(30);
  expect(ran).toEqual(['beat 10', 'beat 20', 'late 30', 'beat 30']);
  expect(time.pending).toBe(0);
});
