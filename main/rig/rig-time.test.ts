import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeTime } from './rig-time.fixture.ts';
import { holdsWithin, hostTime, pause } from './rig-time.ts';

describe('the host’s time', () => {
  it('is the monotonic clock that every process of the computer shares', () => {
    const before = Number(process.hrtime.bigint());
    const now = hostTime.nowNs();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Number(process.hrtime.bigint()));
  });

  describe('in timers', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it('calls again and again until it is told to end', () => {
      let calls = 0;
      const timer = hostTime.every(5, () => calls++);
      vi.advanceTimersByTime(24);
      expect(calls).toBe(4);
      timer.dispose();
      vi.advanceTimersByTime(100);
      expect(calls).toBe(4);
    });

    it('calls once, or never when it is disposed of before', () => {
      let calls = 0;
      hostTime.after(5, () => calls++);
      const never = hostTime.after(5, () => calls++);
      vi.advanceTimersByTime(4);
      expect(calls).toBe(0);
      never.dispose();
      vi.advanceTimersByTime(100);
      expect(calls).toBe(1);
    });
  });
});

describe('pause', () => {
  it('ends after so long', async () => {
    const time = new FakeTime();
    await pause(time, 30);
    expect(time.nowNs()).toBe(30e6);
  });
});

describe('holdsWithin', () => {
  it('asks at once, and waits for nothing when the condition holds', async () => {
    const time = new FakeTime();
    expect(await holdsWithin(time, 100, () => true)).toBe(true);
    expect(time.nowNs()).toBe(0);
  });

  it('asks every 5 ms until it holds', async () => {
    const time = new FakeTime();
    expect(await holdsWithin(time, 100, () => time.nowNs() >= 12e6)).toBe(true);
    expect(time.nowNs()).toBe(15e6);
  });

  it('says no when the time is over', async () => {
    const time = new FakeTime();
    let asked = 0;
    const condition = () => {
      asked++;
      return false;
    };
    expect(await holdsWithin(time, 20, condition)).toBe(false);
    expect(time.nowNs()).toBe(20e6);
    expect(asked).toBe(5);
  });

  it('counts what comes true in the last pause', async () => {
    const time = new FakeTime();
    expect(await holdsWithin(time, 20, () => time.nowNs() >= 20e6)).toBe(true);
  });

  it('asks once when there is no time to wait', async () => {
    const time = new FakeTime();
    expect(await holdsWithin(time, 0, () => false)).toBe(false);
    expect(await holdsWithin(time, Number.NaN, () => true)).toBe(true);
    expect(time.nowNs()).toBe(0);
  });
});

describe('FakeTime', () => {
  it('keeps appointments in the order of their times, and then of their making', async () => {
    const time = new FakeTime();
    const kept: [string, number][] = [];
    const note = (name: string) => () => void kept.push([name, time.nowNs() / 1e6]);
    time.after(20, note('late'));
    const never = time.after(1, note('never'));
    time.after(10, note('first'));
    time.after(10, note('second'));
    never.dispose();
    const ticks = time.every(8, note('tick'));
    await pause(time, 25);
    ticks.dispose();
    expect(kept).toEqual([
      ['tick', 8],
      ['first', 10],
      ['second', 10],
      ['tick', 16],
      ['late', 20],
      ['tick', 24],
    ]);
  });
});
