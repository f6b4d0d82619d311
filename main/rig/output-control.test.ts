import { describe, expect, it } from 'vitest';
import { controlWord, createControlBlock } from '../../common/base/control-block.ts';
import { FakeClock } from '../../common/base/clock.ts';
import type { DeviceStatus } from '../../common/device-protocol/device-status.ts';
import type { DeviceWriter } from './hardware/device.ts';
import { OutputControl } from './output-control.ts';
import type { WatchdogLine } from './supervision/watchdog-line.ts';

const off: DeviceStatus = {
  bootNumber: 1,
  deviceMicroseconds: 0,
  isOutputOn: false,
  session: 0,
  burnedSession: 0,
  leaseMicroseconds: 0,
  leaseRemainingMicroseconds: 0,
  lastSequence: 0,
  deliveredPulses: 0,
  refusedPulses: 0,
  enableSession: 0,
  enableOutcome: 'output-off',
  acquiredSamples: 0,
};

function setUp(answer: (session: number) => Partial<DeviceStatus>) {
  const clock = new FakeClock();
  const control = createControlBlock();
  const sessions: number[] = [];
  let stops = 0;
  const writer = {
    status: off,
    stop: () => void stops++,
    enable: (session: number) => Promise.resolve({ ...off, session, ...answer(session) }),
  } as unknown as DeviceWriter;
  const watchdog = { setSession: (session: number) => void sessions.push(session) } as unknown as WatchdogLine;
  const output = new OutputControl(writer, watchdog, control, () => clock.nowNs());
  return { output, clock, control, sessions, stops: () => stops };
}

describe('OutputControl', () => {
  it('names a fresh session to device and watchdog, and asks for its lease', async () => {
    const { output, sessions, control } = setUp(() => ({ isOutputOn: true, enableOutcome: 'delivered' }));
    expect(await output.enable(100, () => 0.5)).toBeUndefined();
    expect(sessions).toEqual([output.session]);
    expect(output.session).toBeGreaterThan(0);
    expect(Atomics.load(control, controlWord.isLeaseWanted)).toBe(1);
  });

  it('says why the device did not enable', async () => {
    const { output } = setUp(() => ({ enableOutcome: 'lease-too-long' }));
    expect(await output.enable(100, () => 0.5)).toContain('lease-too-long');
  });

  it('S15: stops through both handles and ends the lease', () => {
    const { output, control, stops } = setUp(() => ({}));
    output.stop();
    expect(stops()).toBe(1);
    expect(Atomics.load(control, controlWord.stopRequests)).toBe(1);
    expect(Atomics.load(control, controlWord.isLeaseWanted)).toBe(0);
    expect(output.isOff).toBe(false);
  });

  it('S12: takes a stop as complete only when the output is off and the session burned', async () => {
    const { output } = setUp(() => ({ isOutputOn: true, enableOutcome: 'delivered' }));
    await output.enable(100, () => 0.5);
    const { session } = output;
    output.stop();
    expect(output.hear({ ...off, isOutputOn: true, burnedSession: session })).toBe(false);
    expect(output.hear({ ...off, burnedSession: session - 1 })).toBe(false);
    expect(output.hear({ ...off, burnedSession: session })).toBe(true);
    expect(output.isOff).toBe(true);
  });

  it('repeats the stop every 20 ms until it is confirmed', () => {
    const { output, clock, stops } = setUp(() => ({}));
    output.stop();
    output.repeatStop(clock.nowNs());
    clock.advanceMilliseconds(20);
    output.repeatStop(clock.nowNs());
    expect(stops()).toBe(2);
    output.hear(off);
    clock.advanceMilliseconds(20);
    output.repeatStop(clock.nowNs());
    expect(stops()).toBe(2);
  });
});
