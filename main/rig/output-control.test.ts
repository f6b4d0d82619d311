import { describe, expect, it } from 'vitest';
import { controlWord, createControlBlock } from '../../common/base/control-block.ts';
import { FakeClock } from '../../common/base/clock.ts';
import { type DeviceStatus, sessionMax } from '../../common/device-protocol/device-status.ts';
import type { EnableOrder, HeardStatus } from './hardware/device.ts';
import { heardAt, offStatus, onStatus } from './hardware/device-status.fixture.ts';
import { OutputControl } from './output-control.ts';

const session = 7;
const limitsHash = { high: 1, low: 2 };
const never = () => new Promise<never>(() => {});

/** Both handles, and everything in the order in which it was done. */
function setUp() {
  const clock = new FakeClock(1e9);
  const control = createControlBlock();
  const done: string[] = [];
  const orders: EnableOrder[] = [];
  const device = {
    answer: (order: EnableOrder): Promise<DeviceStatus> =>
      Promise.resolve(onStatus(order.session, { isDry: order.isDry })),
    guard: (): Promise<void> => Promise.resolve(),
  };
  const load = (word: keyof typeof controlWord) => Atomics.load(control, controlWord[word]);
  const writer = {
    status: offStatus(),
    stop: () => void done.push(`stop with ${load('stopRequests')} requests, lease wanted ${load('isLeaseWanted')}`),
    async enable(order: EnableOrder): Promise<HeardStatus> {
      done.push(`enable ${order.session}`);
      orders.push(order);
      return heardAt(clock.nowNs(), await device.answer(order));
    },
  };
  const watchdog = {
    guard(guarded: number) {
      done.push(`guard ${guarded}, lease wanted ${load('isLeaseWanted')}`);
      return device.guard();
    },
  };
  const output = new OutputControl(writer, watchdog, control, () => clock.nowNs());
  const enable = () => output.enable(session, 100, limitsHash);
  const stops = () => done.filter((what) => what.startsWith('stop')).length;
  return {
    clock,
    control,
    done,
    orders,
    device,
    output,
    load,
    enable,
    stops,
    stopElsewhere: () => Atomics.add(control, controlWord.stopRequests, 1),
  };
}

describe('OutputControl', () => {
  it('begins with what the device said at the connection, off and stopping nothing', () => {
    const { output } = setUp();
    expect(output.status).toEqual(offStatus());
    expect(output.heardNs).toBe(1e9);
    expect([output.session, output.isOff, output.isStoppedElsewhere]).toEqual([0, true, false]);
  });

  describe('turning on', () => {
    it('S16: lets the watchdog watch the session before the device hears of it, with a lease that is wanted', async () => {
      const { output, enable, done, orders } = setUp();
      expect(await enable()).toBeUndefined();
      expect(done).toEqual([`guard ${session}, lease wanted 1`, `enable ${session}`]);
      expect(orders).toEqual([{ session, leaseMilliseconds: 100, limitsHash, isDry: false }]);
      expect(output.session).toBe(session);
      expect(output.status.isOutputOn).toBe(true);
      expect(output.isOff).toBe(false);
    });

    it('S16: sends nothing to the device while the watchdog does not answer', async () => {
      const { enable, done, device } = setUp();
      device.guard = never;
      void enable();
      await new Promise((resolve) => setImmediate(resolve));
      expect(done).toEqual([`guard ${session}, lease wanted 1`]);
    });

    it.each([
      ['is off', offStatus({ enableSession: session, enableOutcome: 'emergency-stop' })],
      ['is on for another session', onStatus(session - 1, { enableOutcome: 'session-burned' })],
      ['has its relay open', onStatus(session, { isDry: true, enableOutcome: 'delivered' })],
      ['calls its session no number', onStatus(session, { session: Number.NaN })],
    ])('says what the device answered when its output %s', async (_, status) => {
      const { enable, device } = setUp();
      device.answer = () => Promise.resolve(status);
      expect(await enable()).toBe(`the stimulator answered: ${status.enableOutcome}`);
    });

    it('lets an error of the connection through', async () => {
      const { enable, device } = setUp();
      device.answer = () => Promise.reject(new Error('the device is not connected'));
      await expect(enable()).rejects.toThrow('the device is not connected');
    });

    it('S09: is overtaken by a stop before the watchdog answers: the device hears nothing of it', async () => {
      const { output, enable, device, done, load } = setUp();
      let guarded = () => {};
      device.guard = () => new Promise((resolve) => (guarded = resolve));
      const enabled = enable();
      output.stop();
      guarded();
      expect(await enabled).toBe('stimulation was stopped meanwhile');
      expect(done.some((what) => what.startsWith('enable'))).toBe(false);
      expect(load('isLeaseWanted')).toBe(0);
    });

    it('S09: is overtaken by a stop that the device has confirmed already', async () => {
      const { output, enable, device, done } = setUp();
      let guarded = () => {};
      device.guard = () => new Promise((resolve) => (guarded = resolve));
      const enabled = enable();
      output.stop();
      output.hear(offStatus({ burnedSession: session }));
      expect(output.isOff).toBe(true);
      guarded();
      expect(await enabled).toBe('stimulation was stopped meanwhile');
      expect(done.some((what) => what.startsWith('enable'))).toBe(false);
    });

    it('S09: is overtaken by a stop before the device answers, whatever it answers', async () => {
      for (const status of [onStatus(session), offStatus({ session, burnedSession: session })]) {
        const { output, enable, device } = setUp();
        let answered = (_: DeviceStatus) => {};
        device.answer = () => new Promise((resolve) => (answered = resolve));
        const enabled = enable();
        await Promise.resolve();
        output.stop();
        answered(status);
        expect(await enabled).toBe('stimulation was stopped meanwhile');
        expect(output.isOff).toBe(!status.isOutputOn);
      }
    });
  });

  describe('turning on with an open relay', () => {
    it('H84: asks for it with a dry output, wants no lease and tells the watchdog of no session', async () => {
      const { output, done, orders, load } = setUp();
      expect(await output.enableDry(session, 100, limitsHash)).toBeUndefined();
      expect(done).toEqual([`enable ${session}`]);
      expect(orders).toEqual([{ session, leaseMilliseconds: 100, limitsHash, isDry: true }]);
      expect(load('isLeaseWanted')).toBe(0);
      expect(output.session).toBe(0);
    });

    it('H84: takes an output whose relay is closed for a failure', async () => {
      const { output, device } = setUp();
      device.answer = () => Promise.resolve(onStatus(session, { isDry: false }));
      expect(await output.enableDry(session, 100, limitsHash)).toBe('the stimulator answered: delivered');
    });

    it('is overtaken by a stop', async () => {
      const { output } = setUp();
      const enabled = output.enableDry(session, 100, limitsHash);
      output.stop();
      expect(await enabled).toBe('stimulation was stopped meanwhile');
    });
  });

  describe('stopping', () => {
    it('S15: needs no answer of anybody: the lease is given up, the own handle stops, the watchdog is asked to', () => {
      const { output, done, load } = setUp();
      output.stop();
      expect(done).toEqual(['stop with 0 requests, lease wanted 0']);
      expect([load('stopRequests'), load('isLeaseWanted')]).toEqual([1, 0]);
      expect(output.isOff).toBe(false);
      expect(output.isStoppedElsewhere).toBe(false);
    });

    it.each<[string, Partial<DeviceStatus>, boolean]>([
      ['off and burned', { burnedSession: session }, true],
      ['off, and a later session burned as well', { burnedSession: session + 1 }, true],
      ['off, and its session not burned', { burnedSession: session - 1 }, false],
      ['off, and what is burned is no number', { burnedSession: Number.NaN }, false],
      ['burned, and still on', { isOutputOn: true, burnedSession: session }, false],
    ])('S12: judges a device that says it is %s', async (_, change, isComplete) => {
      const { output, enable } = setUp();
      await enable();
      output.stop();
      output.hear(offStatus(change));
      expect(output.isOff).toBe(isComplete);
      expect(output.session).toBe(isComplete ? 0 : session);
    });

    it('S12: is complete only when the output is off and the session burned', async () => {
      const { output, enable } = setUp();
      await enable();
      output.stop();
      for (const status of [onStatus(session), offStatus({ session, burnedSession: session - 1 })]) {
        output.hear(status);
        expect(output.isOff).toBe(false);
      }
      output.hear(offStatus({ session, burnedSession: session }));
      expect(output.isOff).toBe(true);
    });

    it('forgets no session that went off without a stop', async () => {
      const { output, enable } = setUp();
      await enable();
      output.hear(offStatus({ session, burnedSession: session }));
      expect([output.isOff, output.session]).toEqual([true, session]);
    });

    it('is repeated every 20 ms until it is confirmed', () => {
      const { output, clock, stops } = setUp();
      const repeatAt = (milliseconds: number) => {
        clock.advanceMilliseconds(milliseconds);
        output.repeatStop(clock.nowNs());
        return stops();
      };
      expect(repeatAt(0)).toBe(0);
      output.stop();
      expect([repeatAt(0), repeatAt(19), repeatAt(1), repeatAt(19), repeatAt(1)]).toEqual([1, 1, 2, 2, 3]);
      output.hear(offStatus());
      expect(repeatAt(100)).toBe(3);
    });

    it('is repeated at a time that is no number', () => {
      const { output, stops } = setUp();
      output.stop();
      output.repeatStop(Number.NaN);
      expect(stops()).toBe(2);
    });
  });

  describe('of other threads', () => {
    it('knows that one has asked for a stop since its own last one, or that the watchdog has made one', () => {
      for (const word of ['stopRequests', 'watchdogStops'] as const) {
        const { output, control } = setUp();
        Atomics.add(control, controlWord[word], 1);
        expect(output.isStoppedElsewhere).toBe(true);
        output.stop();
        expect(output.isStoppedElsewhere).toBe(false);
      }
    });

    it('knows of both at once', () => {
      const { output, control } = setUp();
      for (const word of ['stopRequests', 'watchdogStops'] as const) Atomics.add(control, controlWord[word], 1);
      expect(output.isStoppedElsewhere).toBe(true);
    });

    it('does not take what they asked for before an arming for its end', async () => {
      const { output, enable, stopElsewhere } = setUp();
      stopElsewhere();
      await enable();
      expect(output.isStoppedElsewhere).toBe(false);
      stopElsewhere();
      expect(output.isStoppedElsewhere).toBe(true);
    });
  });

  it('H07: knows when the device was last heard', () => {
    const { output, clock } = setUp();
    clock.advanceMilliseconds(50);
    const status = offStatus({ deviceMicroseconds: 5 });
    output.hear(status);
    expect(output.heardNs).toBe(1.05e9);
    expect(output.status).toBe(status);
  });

  it('H67: gives each arming a session number above all that device and interlock have seen', () => {
    const { output } = setUp();
    output.hear(offStatus({ session: 40, burnedSession: 50 }));
    expect(output.nextSession(30, () => 0)).toBe(51);
    expect(output.nextSession(60, () => 0)).toBe(61);
    expect(output.nextSession(60, () => 0.5)).toBe(61 + 2 ** 31);
    expect(() => output.nextSession(sessionMax, () => 0)).toThrow('used up');
  });
});
