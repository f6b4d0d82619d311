import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../common/base/clock.ts';
import { DeviceClock } from './device-clock.ts';

function create(offsetMicroseconds = 100, startNs = 5e9) {
  const host = new FakeClock(startNs);
  return { host, clock: new DeviceClock(host, offsetMicroseconds) };
}

describe('the clock of the virtual device', () => {
  it('has a zero of its own and counts whole microseconds', () => {
    const { host, clock } = create();
    expect(clock.now()).toBe(5_000_100);
    expect(clock.at(5e9 + 1999)).toBe(5_000_101);
    host.advanceMilliseconds(2);
    expect(clock.now()).toBe(5_002_100);
  });

  it('steps forth and back, and never below zero', () => {
    const { clock } = create();
    clock.step(50);
    expect(clock.now()).toBe(5_050_100);
    clock.step(-1000);
    expect(clock.now()).toBe(4_050_100);
    clock.step(-600_000);
    expect(clock.now()).toBe(0);
  });

  it('drifts from the moment on at which it begins to, and keeps what it has drifted', () => {
    const { host, clock } = create();
    clock.drift(1000);
    expect(clock.now()).toBe(5_000_100);
    host.advanceMilliseconds(1000);
    expect(clock.now()).toBe(6_001_100);
    clock.drift(-1000);
    host.advanceMilliseconds(2000);
    expect(clock.now()).toBe(7_999_100);
  });

  it('begins at zero when the device restarts', () => {
    const { host, clock } = create();
    clock.drift(1000);
    host.advanceMilliseconds(1000);
    clock.restart();
    expect(clock.now()).toBe(0);
    host.advanceMilliseconds(1000);
    expect(clock.now()).toBe(1_001_000);
    expect(clock.at(5e9)).toBe(0);
  });
});
