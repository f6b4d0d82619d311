// Ten thousand messages, most of them wrong, in any order and at any time: a device does what the oracle says and nothing else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../common/base/clock.ts';
import { seal } from '../../common/device-protocol/envelope.ts';
import {
  decodeStatus,
  devicePayloadMaxBytes,
  enableLayout,
  helloLayout,
  messageTypes,
  protocolMagic,
  protocolVersion,
  pulseLayout,
  renewLayout,
  type Role,
  roles,
  stopLayout,
} from '../../common/device-protocol/messages.ts';
import { virtualRigOptionsSchema } from '../../common/device-protocol/virtual-rig-options.ts';
import { frameHeaderBytes, FrameDecoder } from '../../common/transport/frame.ts';
import { hostSeals } from '../../main/rig/hardware/seals.ts';
import { createVirtualDevice } from '../../main/virtual-rig/create-virtual-device.ts';
import type { DeviceClient } from '../../main/virtual-rig/device-client.ts';
import { OutputJudge } from '../../main/virtual-rig/output-judge.ts';
import { deviceMicrosecondsAt, token } from './device-bench.ts';
import { DeviceOracle, hashOf, type Message, oracleLimits } from './device-oracle.ts';

const runs = Number(process.env['EXOCORTEX_PROPERTY_RUNS'] ?? 1);

/** What `unknown` stands for: numbers that no client may send. */
const unknownType = 200;
const types: Record<Message['kind'], number> = {
  enable: messageTypes.enable,
  renew: messageTypes.renew,
  pulse: messageTypes.pulse,
  stop: messageTypes.stop,
  'self-test': messageTypes.selfTest,
  start: messageTypes.start,
  unknown: unknownType,
};

/** Mostly `usual`, sometimes anything of `others`: what is right must meet what is wrong. */
const mostly = <T>(usual: fc.Arbitrary<T>, others: fc.Arbitrary<T>, weight = 8): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: others });

/** A message before it is known where the device is: session and sequence are offsets. */
const drafts = fc.record({
  kind: mostly(
    fc.constantFrom<Message['kind'][]>('pulse', 'pulse', 'pulse', 'enable', 'renew'),
    fc.constantFrom<Message['kind'][]>('stop', 'self-test', 'start', 'unknown'),
  ),
  misdirectedTo: mostly(fc.constant<Role | undefined>(undefined), fc.constantFrom<Role[]>(...roles), 15),
  state: mostly(
    fc.constant<Message['state']>('whole'),
    fc.constantFrom<Message['state'][]>('bit-flipped', 'cut', 'forged', 'longer'),
  ),
  session: mostly(fc.constant(0), fc.integer({ min: -3, max: 3 }), 4),
  sequence: mostly(fc.constant(0), fc.integer({ min: -5, max: 5 }), 4),
  aheadMilliseconds: mostly(fc.integer({ min: 20, max: 60 }), fc.integer({ min: -5, max: 250 })),
  leaseMilliseconds: mostly(fc.integer({ min: 60, max: 200 }), fc.constantFrom(0, 30, 1000, 1001)),
  electrode: fc.nat(oracleLimits.channels),
  amplitudeNanoamps: mostly(fc.constant(5000), fc.constantFrom(0, 100_000, 100_001)),
  hash: mostly(fc.constant(1), fc.constant(2)),
  waitMilliseconds: mostly(fc.nat(6), fc.nat(400)),
  /** Which bit is flipped. */
  place: fc.nat(),
});
type Draft = typeof drafts extends fc.Arbitrary<infer D> ? D : never;

const usualSender: Record<Message['kind'], Role> = {
  enable: 'control',
  renew: 'watchdog',
  pulse: 'control',
  stop: 'watchdog',
  'self-test': 'control',
  start: 'data',
  unknown: 'control',
};

function messageOf({ misdirectedTo, ...draft }: Draft, oracle: DeviceOracle, at: number): Message {
  const next = draft.kind === 'enable' ? Math.max(oracle.session, oracle.burned) + 1 : oracle.session;
  const to = misdirectedTo ?? usualSender[draft.kind];
  const session = Math.max(0, next + draft.session);
  return { ...draft, to, session, sequence: Math.max(0, at + draft.sequence) };
}

function bodyOf({ kind, ...message }: Message, now: number): Uint8Array {
  const expiry = now + message.aheadMilliseconds * 1000;
  const { high: limitsHashHigh, low: limitsHashLow } = hashOf(message.hash);
  const { session, sequence, electrode, amplitudeNanoamps } = message;
  switch (kind) {
    case 'enable': {
      const leaseMicroseconds = message.leaseMilliseconds * 1000;
      const lease = { leaseExpiryMicroseconds: expiry, leaseMicroseconds };
      return enableLayout.encode({ session, ...lease, limitsHashHigh, limitsHashLow, isDry: 0 });
    }
    case 'renew':
      return renewLayout.encode({ session, leaseExpiryMicroseconds: expiry });
    case 'stop':
      return stopLayout.encode({ session });
    case 'pulse':
      return pulseLayout.encode({
        session,
        sequence,
        expiryMicroseconds: expiry,
        electrode,
        firstNanoamps: -amplitudeNanoamps,
        firstMicroseconds: 200,
        interphaseMicroseconds: 0,
        secondNanoamps: amplitudeNanoamps,
        secondMicroseconds: 200,
        limitsHashHigh,
        limitsHashLow,
      });
    case 'self-test':
    case 'start':
    case 'unknown':
      return new Uint8Array(0);
  }
}

const seals = hostSeals(token);

/** The frame as it arrives: its framing is whole, what is wrong is inside. */
function frameOf(message: Message, now: number, place: number): Uint8Array {
  const [type, body] = [types[message.kind], bodyOf(message, now)];
  switch (message.state) {
    case 'whole':
      return seal(type, body, seals);
    case 'forged':
      return seal(type, body, hostSeals('guess'));
    case 'longer':
      return seal(type, Uint8Array.from([...body, 0]), seals);
    case 'cut': {
      const cut = seal(type, body, seals).slice(0, -1);
      new DataView(cut.buffer).setUint32(0, cut.length - frameHeaderBytes, true);
      return cut;
    }
    case 'bit-flipped': {
      const frame = seal(type, body, seals);
      const bit = frameHeaderBytes * 8 + (place % ((frame.length - frameHeaderBytes) * 8));
      frame[bit >> 3]! ^= 1 << (bit & 7);
      return frame;
    }
  }
}

/** A device with three clients that send what they like. */
class Lab {
  readonly clock = new FakeClock(5e9);
  readonly judge = new OutputJudge();
  readonly #created = createVirtualDevice(
    virtualRigOptionsSchema.parse({
      address: 'none',
      pacing: 'real-time',
      seed: 7,
      tickMilliseconds: 1,
      source: { kind: 'virtual', channels: oracleLimits.channels, sampleRateHz: 1000 },
    }),
    token,
    this.clock,
    (event) => this.judge.note(event),
  );
  readonly #clients = new Map<Role, DeviceClient>();
  readonly closed = new Set<Role>();
  /** The newest that the device has sent. */
  status: ReturnType<typeof decodeStatus>;

  constructor() {
    for (const role of roles) this.connect(role);
    this.#created.device.start();
  }

  get now(): number {
    return deviceMicrosecondsAt(this.clock.nowNs());
  }

  connect(role: Role): void {
    const decoder = new FrameDecoder(devicePayloadMaxBytes, (type, payload) => {
      if (type === messageTypes.status) this.status = decodeStatus(payload.subarray(0, -4));
    });
    const close = () => void this.closed.add(role);
    const client = this.#created.device.connect({
      send: (frame) => decoder.push(frame),
      bufferedBytes: 0,
      close,
      destroy: close,
    });
    const body = helloLayout.encode(
      { magic: protocolMagic, version: protocolVersion, role: roles.indexOf(role) },
      new TextEncoder().encode(token),
    );
    client.take(seal(messageTypes.hello, body, seals));
    this.#clients.set(role, client);
  }

  get isOutputOn(): boolean {
    return this.#created.device.isOutputOn;
  }

  take(role: Role, frame: Uint8Array): void {
    this.#clients.get(role)!.take(frame);
  }

  pass(milliseconds: number): void {
    this.clock.advanceMilliseconds(milliseconds);
    while (this.#created.device.poll());
  }

  dispose(): void {
    this.#created.owned.dispose();
  }
}

describe('S31: a device under random messages', () => {
  it(
    'H66: is in the state of the oracle after each of 10,000, and has delivered nothing that it should not have',
    { timeout: 120_000 * Math.max(1, runs) },
    () => {
      let frames = 0;
      let delivered = 0;
      fc.assert(
        fc.property(fc.array(drafts, { minLength: 100, maxLength: 140, size: 'max' }), (history) => {
          const lab = new Lab();
          const oracle = new DeviceOracle();
          for (const [at, draft] of history.entries()) {
            lab.pass(draft.waitMilliseconds);
            const now = lab.clock.nowNs() / 1e6;
            oracle.passTo(now);
            const message = messageOf(draft, oracle, at);
            oracle.take(message, now);
            lab.take(message.to, frameOf(message, lab.now, draft.place));
            expect(lab.closed).toEqual(oracle.closed);
            for (const role of oracle.closed) lab.connect(role);
            lab.closed.clear();
            oracle.closed.clear();
            frames++;
            expect(lab.isOutputOn).toBe(oracle.isOn);
            expect(lab.judge.judgement.pulses).toBe(oracle.delivered);
          }
          lab.pass(20);
          oracle.passTo(lab.clock.nowNs() / 1e6);
          const { isOn, session, burned, delivered: deliveredPulses, refusedFrames, ignoredRenewals } = oracle;
          const counts = { deliveredPulses, refusedFrames, ignoredRenewals };
          expect(lab.status).toMatchObject({ isOutputOn: isOn, session, burnedSession: burned, ...counts });
          expect(lab.judge.judgement).toMatchObject({
            pulses: oracle.delivered,
            pulsesPastLease: 0,
            unbalancedPulses: 0,
            pulsesOfBurnedSessions: 0,
            repeatedPulses: 0,
          });
          delivered += oracle.delivered;
          lab.dispose();
        }),
        { numRuns: 100 * Math.max(1, runs) },
      );
      expect(frames).toBeGreaterThanOrEqual(10_000);
      // The oracle is no wall: enough of what is right gets through.
      expect(delivered).toBeGreaterThan(300);
    },
  );
});
