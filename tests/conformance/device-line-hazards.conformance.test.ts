// What a bad line, a late one, or somebody else on it can do to a device: nothing, and the output goes off in time.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import { seal } from '../../common/device-protocol/envelope.ts';
import {
  enableLayout,
  messageTypes,
  pulseLayout,
  renewLayout,
  type Role,
} from '../../common/device-protocol/messages.ts';
import { hostSeals } from '../../main/rig/hardware/seals.ts';
import { connectWritingHalfOver } from '../../main/rig/hardware/writing-half.ts';
import { deviceMicrosecondsAt, limitsHash, next, order, testPulse, token } from './device-bench.ts';
import { settled, startWiredBench, Wire, type WiredBench } from './device-wire.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

const start = async () => store.add(await startWiredBench());
const typeOf = (frame: Uint8Array) => frame[4];
const leaseMilliseconds = 100;
/** Flips one bit of the checksum. */
const damage = (frame: Uint8Array) => [frame.with(frame.length - 1, frame.at(-1)! ^ 1)];

/** Nothing was ever delivered that should not have been. */
function expectInnocent({ judge }: WiredBench): void {
  expect(judge.judgement).toMatchObject({
    pulsesPastLease: 0,
    unbalancedPulses: 0,
    pulsesOfBurnedSessions: 0,
    repeatedPulses: 0,
  });
}

describe('a device whose line is bad', () => {
  it('H18: executes nothing of a pulse with any one bit flipped, counts it, names it, and stays connected', async () => {
    const device = await start();
    await device.enable({ leaseMilliseconds: 1000 });
    await device.pulse();
    const frame = device.control.sent.at(-1)!;
    const reasons = new Set<string>();
    device.writer.onRejected(({ reason }) => reasons.add(reason));
    let flipped = 0;
    // The length, the first four bytes, is the framing's.
    for (let bit = 4 * 8; bit < frame.length * 8; bit += 7) {
      const damaged = frame.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      if (damaged[4] === messageTypes.stop) continue;
      device.control.inject(damaged);
      flipped++;
      // Slower than the burst that would end the connection.
      await device.skip(340);
      device.keepAlive.renew(device.writer.status.session);
      await settled();
    }
    expect(device.writer.status).toMatchObject({ isOutputOn: true, deliveredPulses: 1, refusedFrames: flipped });
    expect(reasons).toEqual(new Set(['checksum']));
    expect(await device.pulse({ electrode: 6 })).toMatchObject({ outcome: 'delivered' });
    expectInnocent(device);
  });

  it('H18: stops at a damaged STOP all the same', async () => {
    const device = await start();
    const session = await device.enable();
    device.control.toDevice = damage;
    device.writer.stop();
    await settled();
    await device.pass(20);
    expect(device.writer.status).toMatchObject({ isOutputOn: false, burnedSession: session, refusedFrames: 1 });
  });

  it('H18: ends the connection at the fourth bad message within a second, with the output off and the session burned', async () => {
    const device = await start();
    const session = await device.enable({ leaseMilliseconds: 1000 });
    const closed = next(device.writer.onClosed);
    const bad = seal(messageTypes.renew, renewLayout.encode({ session, leaseExpiryMicroseconds: 0 }), hostSeals(token));
    device.control.inject(bad, bad, bad);
    await settled();
    expect(device.writer.status.isOutputOn).toBe(true);
    device.control.inject(bad);
    expect(await closed).toEqual({
      reason: 'protocol',
      message: 'message 5 of the connection for control was rejected: not-permitted',
    });
    await settled();
    expect(device.device.isOutputOn).toBe(false);
    expect(device.events.at(-1)).toMatchObject({ kind: 'stopped', by: 'the end of the connection for control' });
    const again = new Wire(device.device);
    const rightful = store.add(await connectWritingHalfOver(again.transport, token, { clock: device.clock }));
    expect(rightful.status).toMatchObject({ isOutputOn: false, burnedSession: session, refusedFrames: 4 });
  });

  it('H18: tells who waits for an answer that its order arrived damaged', async () => {
    const device = await start();
    device.control.toDevice = damage;
    await expect(device.writer.enable(order(9))).rejects.toThrow('rejected message 4: checksum');
    await expect(device.writer.selfTest()).rejects.toThrow('rejected message 9: checksum');
    expect(device.writer.status.isOutputOn).toBe(false);
  });

  it('H18: goes unharmed through damage on the way to the host, up to a burst of it', async () => {
    const device = await start();
    const dropped: string[] = [];
    device.writer.onBadFrame((message) => dropped.push(message));
    await device.inject({ fault: 'corrupt-frames', frames: 2 });
    await device.pass(40);
    expect(device.writer.refusedFrames + device.keepAlive.refusedFrames).toBe(2);
    expect(dropped).toHaveLength(device.writer.refusedFrames);
    await device.enable();
    const closed = next(device.writer.onClosed);
    await device.inject({ fault: 'corrupt-frames', frames: 1000 });
    await device.pass(100);
    expect(await closed).toMatchObject({ reason: 'protocol' });
    expect(device.device.isOutputOn).toBe(false);
  });

  it('H19: executes a message that arrives twice once, and one that was overtaken not at all', async () => {
    const device = await start();
    await device.enable();
    device.control.toDevice = (frame) => [frame, frame];
    await device.pulse({ electrode: 1 });
    device.control.toDevice = () => [];
    await device.pulse({ electrode: 2 });
    const overtaken = device.control.sent.at(-1)!;
    device.control.toDevice = (frame) => [frame, overtaken];
    await device.pulse({ electrode: 3 });
    expect(device.acknowledgements.map(({ sequence, outcome }) => [sequence, outcome])).toEqual([
      [1, 'delivered'],
      [1, 'replayed'],
      [3, 'delivered'],
      [2, 'replayed'],
    ]);
    expect(device.judge.judgement).toMatchObject({ pulses: 2, repeatedPulses: 0 });
  });

  it('H14: turns its output off within the lease when both lines fall silent, and notices by itself', async () => {
    const device = await start();
    const session = await device.enable({ leaseMilliseconds });
    const expiry = deviceMicrosecondsAt(device.clock.nowNs()) + leaseMilliseconds * 1000;
    for (const wire of [device.control, device.watchdog]) wire.toDevice = () => [];
    for (let round = 0; round < 10; round++) {
      await device.pass(20);
      device.keepAlive.renew(session);
      await device.pulse();
    }
    const lapsed = device.events.find(({ kind }) => kind === 'lapsed');
    expect(lapsed).toEqual({ kind: 'lapsed', at: expiry, session, leaseExpiry: expiry });
    expect(device.writer.status).toMatchObject({ isOutputOn: false, burnedSession: session, deliveredPulses: 0 });
  });

  it('H21: counts its lease from the newest renewal that has arrived, not from traffic', async () => {
    const device = await start();
    const session = await device.enable({ leaseMilliseconds });
    for (let round = 0; round < 5; round++) {
      await device.pass(20);
      device.keepAlive.renew(session);
      await settled();
    }
    device.watchdog.toDevice = () => [];
    const expiry = deviceMicrosecondsAt(device.clock.nowNs()) + leaseMilliseconds * 1000;
    for (let round = 0; round < 10; round++) {
      await device.pass(20);
      await device.pulse();
    }
    expect(device.judge.judgement.lastPulseAt).toBeLessThan(expiry);
    expect(device.events.find(({ kind }) => kind === 'lapsed')).toMatchObject({ at: expiry });
    expectInnocent(device);
  });

  it('H22: refuses everything that was held up for 30 s and comes at once', async () => {
    const device = await start();
    const session = await device.enable({ leaseMilliseconds: 1000 });
    const held: Uint8Array[] = [];
    for (const wire of [device.control, device.watchdog]) {
      wire.toDevice = (frame) => {
        held.push(frame);
        return [];
      };
    }
    for (let pulse = 1; pulse <= 5; pulse++) await device.pulse({ electrode: pulse });
    device.keepAlive.renew(session);
    void device.writer.enable(order(session + 1)).catch(() => {});
    await settled();
    expect(held.map(typeOf)).toEqual([6, 6, 6, 6, 6, 5, 4]);
    await device.skip(30_000);
    device.control.inject(...held.filter((frame) => typeOf(frame) !== messageTypes.renew));
    device.watchdog.inject(...held.filter((frame) => typeOf(frame) === messageTypes.renew));
    await device.pass(20);
    expect(device.judge.judgement.pulses).toBe(0);
    expect(device.events.filter(({ kind }) => kind === 'enabled')).toHaveLength(1);
    expect(device.writer.status).toMatchObject({ isOutputOn: false, enableOutcome: 'expired' });
  });

  it('H49: is not woken by the renewals and pulses that a host sends in a burst after it slept', async () => {
    const device = await start();
    const session = await device.enable({ leaseMilliseconds });
    const expiryNs = device.clock.nowNs() + 20e6;
    // Both sleep: neither polls while the clocks go on.
    device.clock.advanceMilliseconds(5000);
    for (let renewal = 0; renewal < 10; renewal++) device.keepAlive.renew(session);
    for (let pulse = 1; pulse <= 5; pulse++)
      device.writer.pulse({ ...testPulse, sequence: pulse, electrode: pulse, expiryNs });
    await device.pass(20);
    expect(device.judge.judgement.pulses).toBe(0);
    expect(device.writer.status).toMatchObject({ isOutputOn: false, burnedSession: session });
    expect(device.acknowledgements.map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 5 }, () => 'output-off'),
    );
  });

  it('H49: does not let a burst of renewals within a lease prolong it more than the last of them would', async () => {
    const device = await start();
    const session = await device.enable({ leaseMilliseconds });
    await device.pass(40);
    for (let renewal = 0; renewal < 10; renewal++) device.keepAlive.renew(session);
    await settled();
    expect(device.writer.status).toMatchObject({ isOutputOn: true, ignoredRenewals: 9 });
    expect(device.events.filter(({ kind }) => kind === 'renewed')).toHaveLength(1);
  });

  it('H23: reads a stream however it is cut, and burns the session when the stream is out of step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(40), { minLength: 1, maxLength: 10 }), async (lengths) => {
        const device = await startWiredBench();
        try {
          device.control.toDevice = (frame) => cut(frame, lengths);
          const session = await device.enable();
          expect(await device.pulse()).toMatchObject({ outcome: 'delivered' });
          device.control.inject(Uint8Array.of(1, 2, 3));
          await device.pulse();
          expect(device.device.isOutputOn).toBe(false);
          expect(device.judge.judgement.pulses).toBe(1);
          const rightful = await connectWritingHalfOver(new Wire(device.device).transport, token);
          expect(rightful.status.burnedSession).toBe(session);
          rightful.dispose();
        } finally {
          device.dispose();
        }
      }),
      { numRuns: 30 },
    );
  });

  it('H24: is sent no pulse beyond eight unacknowledged ones, and STOP passes them all', async () => {
    const device = await start();
    const session = await device.enable();
    device.control.toHost = (frame) => (typeOf(frame) === messageTypes.acknowledgement ? [] : [frame]);
    for (let electrode = 1; electrode <= 12; electrode++) await device.pulse({ electrode });
    expect(device.acknowledgements.map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 4 }, () => 'too-many-unacknowledged'),
    );
    device.writer.stop();
    await settled();
    expect(device.writer.status).toMatchObject({ isOutputOn: false, burnedSession: session, deliveredPulses: 8 });
  });
});

/** @param lengths of the parts in turn, 0 for none */
function cut(frame: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0, part = 0; at < frame.length; part++) {
    const length = 1 + lengths[part % lengths.length]!;
    parts.push(frame.slice(at, at + length));
    at += length;
  }
  return parts;
}

describe('a device and somebody else on its line', () => {
  const forgeries = (session: number, expiryMicroseconds: number): [Role, number, Uint8Array][] => [
    [
      'control',
      messageTypes.enable,
      enableLayout.encode({
        session: session + 1,
        leaseExpiryMicroseconds: expiryMicroseconds,
        leaseMicroseconds: 1_000_000,
        limitsHashHigh: limitsHash.high,
        limitsHashLow: limitsHash.low,
        isDry: 0,
      }),
    ],
    ['watchdog', messageTypes.renew, renewLayout.encode({ session, leaseExpiryMicroseconds: expiryMicroseconds })],
    [
      'control',
      messageTypes.pulse,
      pulseLayout.encode({
        session,
        sequence: 1000,
        expiryMicroseconds,
        electrode: 5,
        firstNanoamps: -1000,
        firstMicroseconds: 200,
        interphaseMicroseconds: 0,
        secondNanoamps: 1000,
        secondMicroseconds: 200,
        limitsHashHigh: limitsHash.high,
        limitsHashLow: limitsHash.low,
      }),
    ],
  ];

  it('H66: executes no command that was made without the token, and names it', async () => {
    const device = await start();
    const session = await device.enable({ leaseMilliseconds });
    const expiry = deviceMicrosecondsAt(device.clock.nowNs()) + 50_000;
    const rejected: unknown[] = [];
    device.writer.onRejected((rejection) => rejected.push(rejection));
    device.keepAlive.onRejected((rejection) => rejected.push(rejection));
    const before = device.events.length;
    for (const [role, type, body] of forgeries(session, expiry)) {
      device[role === 'control' ? 'control' : 'watchdog'].inject(seal(type, body, hostSeals('guess')));
      await settled();
    }
    expect(rejected).toEqual(
      [messageTypes.enable, messageTypes.renew, messageTypes.pulse].map((type) => ({ type, reason: 'forged' })),
    );
    expect(device.events).toHaveLength(before);
    // The same with the token are taken: it was the tag that was wrong.
    const [, renewal, pulse] = forgeries(session, expiry);
    device.watchdog.inject(seal(renewal![1], renewal![2], hostSeals(token)));
    device.control.inject(seal(pulse![1], pulse![2], hostSeals(token)));
    await settled();
    expect(device.events.slice(before).map(({ kind }) => kind)).toEqual(['renewed', 'pulse']);
  });

  it('H67: executes no command that was recorded and is sent again, in its session, after its stop, or in the next', async () => {
    const device = await start();
    await device.enable();
    for (let electrode = 1; electrode <= 3; electrode++) await device.pulse({ electrode });
    device.keepAlive.renew(device.writer.status.session);
    await settled();
    const recorded = device.control.sent.filter((frame) => typeOf(frame) !== messageTypes.hello);
    const renewals = device.watchdog.sent.filter((frame) => typeOf(frame) === messageTypes.renew);
    const again = async () => {
      const before = device.events.length;
      device.control.inject(...recorded);
      device.watchdog.inject(...renewals);
      await settled();
      return device.events.slice(before);
    };
    await device.pass(6);
    // A renewal may come twice: its absolute expiry prolongs nothing.
    const remaining = device.writer.status.leaseRemainingMicroseconds;
    expect((await again()).filter(({ kind }) => kind !== 'renewed')).toEqual([]);
    expect(device.writer.status.leaseRemainingMicroseconds).toBeLessThanOrEqual(remaining);
    device.writer.stop();
    await settled();
    expect(await again()).toEqual([]);
    await device.enable();
    expect(await again()).toEqual([]);
    expect(device.judge.judgement).toMatchObject({ pulses: 3, repeatedPulses: 0, pulsesOfBurnedSessions: 0 });
  });

  it('refuses a pulse with the limits of another session', async () => {
    const device = await start();
    await device.enable();
    await device.pulse({ electrode: 1 });
    const foreign = device.control.sent.at(-1)!;
    device.writer.stop();
    await device.enable({ limitsHash: { high: 1, low: 2 } });
    expect(await device.pulse({ electrode: 2, sequence: 1 })).toMatchObject({
      outcome: 'delivered',
      limitsHash: { high: 1, low: 2 },
    });
    const { session } = device.writer.status;
    // Between header, and tag and checksum.
    const record = pulseLayout.decodeWhole(foreign.slice(5, -20))!;
    const expiryMicroseconds = deviceMicrosecondsAt(device.clock.nowNs()) + 50_000;
    const changed = pulseLayout.encode({ ...record, session, sequence: 2, expiryMicroseconds });
    device.control.inject(seal(messageTypes.pulse, changed, hostSeals(token)));
    await settled();
    expect(device.acknowledgements.at(-1)).toMatchObject({ sequence: 2, outcome: 'wrong-limits', limitsHash });
    expect(device.judge.judgement.pulses).toBe(2);
  });

  it('H78: lets nobody take a role that is taken', async () => {
    const device = await start();
    const second = connectWritingHalfOver(new Wire(device.device).transport, token);
    await expect(second).rejects.toThrow('another client is connected for control');
    expect(await device.enable()).toBeGreaterThan(0);
    expect(device.writer.status.isOutputOn).toBe(true);
  });
});
