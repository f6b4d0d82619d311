import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LimitsHash } from '../../common/device-protocol/limits-hash.ts';
import { virtualLimits } from '../../main/virtual-rig/stimulator-limits.ts';
import { Stimulator } from '../../main/virtual-rig/stimulator.ts';
import {
  type Device,
  deviceAtRest,
  type DeviceReport,
  isDead,
  obedient,
  passDeviceTime,
  pressEmergencyStop,
  receive,
  stopByStranger,
} from './device-model.ts';
import { kindOf, type LimitName, makeMessage, messageKinds, type Message, older } from './message.ts';
import { leaseTicks } from './scale.ts';

/** Counted from the session that the device has then: most commands mean it, or the next one. */
const sessions = fc.constantFrom<number>(-1, 0, 0, 0, 1);
/** Up to one tick beyond where everything has expired. */
const ages = fc.oneof(fc.constant(0), fc.nat(leaseTicks + 1));
const limits = fc.constantFrom<LimitName>('normal', 'normal', 'normal', 'tight');
const kind = <K extends string>(name: K) => fc.constant(name);
const commands = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: kind('enable'),
      session: fc.constantFrom<number>(0, 1, 1, 1, 2),
      age: ages,
      limits,
      isDry: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: kind('renew'), session: sessions, age: ages }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: kind('pulse'),
      session: sessions,
      age: ages,
      limits,
      sequence: fc.integer({ min: 1, max: 3 }),
      isHigh: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('stop'), session: sessions }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('stranger'), session: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('press'), isPressed: fc.constantFrom(true, false, false) }) },
  { weight: 4, arbitrary: fc.record({ kind: kind('tick') }) },
);
type Command = typeof commands extends fc.Arbitrary<infer T> ? T : never;

/** The command with the number of its session, which a message has three bits for. */
function numbered(command: Command, device: Device): Command {
  if (command.kind === 'tick' || command.kind === 'press' || command.kind === 'stranger') return command;
  return { ...command, session: Math.min(Math.max(device.session + command.session, 0), 7) };
}

/** The message of a command that has been under way for its age. */
function messageOf(command: Extract<Command, { kind: 'enable' | 'renew' | 'pulse' | 'stop' }>): Message {
  let message = makeMessage(command.kind, command.session, command);
  const ticks = command.kind === 'stop' ? 0 : command.age;
  for (let tick = 0; tick < ticks; tick++) message = older(message, leaseTicks + 1);
  return message;
}

function apply(device: Device, command: Command): { device: Device; isExecuted: boolean } {
  switch (command.kind) {
    case 'tick':
      return { device: passDeviceTime(device, obedient), isExecuted: false };
    case 'press':
      return { device: pressEmergencyStop(device, command.isPressed, obedient), isExecuted: false };
    case 'stranger':
      return { device: stopByStranger(device, command.session, obedient), isExecuted: false };
    default: {
      const { device: next, pulse } = receive(device, messageOf(command), obedient);
      return { device: next, isExecuted: pulse !== undefined };
    }
  }
}

const tickMicroseconds = 20_000;
const leaseMicroseconds = leaseTicks * tickMicroseconds;
const hashes: Record<LimitName, LimitsHash> = {
  tight: { high: 1, low: 2 },
  normal: { high: 3, low: 4 },
};
const channels = 64;

/** The real stimulator, told the same in µs. Its rates are out of the way: each pulse has an electrode of its own. */
class RealDevice {
  readonly #stimulator = new Stimulator({
    limits: { ...virtualLimits, simultaneousElectrodesMax: channels, totalRateMaxHz: 1e9 },
    channels,
  });
  #now = 1e6;
  #electrode = 0;

  /** @returns whether a pulse was executed. */
  apply(command: Command): boolean {
    const stimulator = this.#stimulator;
    const expiryAt = (age: number) => this.#now - age * tickMicroseconds + leaseMicroseconds;
    switch (command.kind) {
      case 'tick':
        this.#now += tickMicroseconds;
        stimulator.lapse(this.#now);
        return false;
      case 'press':
        stimulator.pressEmergencyStop(command.isPressed);
        return false;
      case 'stranger':
        stimulator.stop(0);
        return false;
      case 'stop':
        stimulator.stop(command.session);
        return false;
      case 'renew':
        stimulator.renew(command.session, expiryAt(command.age), this.#now);
        return false;
      case 'enable': {
        const { high, low } = hashes[command.limits];
        const hash = { limitsHashHigh: high, limitsHashLow: low };
        const lease = { leaseExpiryMicroseconds: expiryAt(command.age), leaseMicroseconds };
        stimulator.enable({ session: command.session, ...lease, ...hash, isDry: command.isDry ? 1 : 0 }, this.#now);
        return false;
      }
      case 'pulse':
        return this.#pulse(command, expiryAt(command.age));
    }
  }

  #pulse(command: Extract<Command, { kind: 'pulse' }>, expiryMicroseconds: number): boolean {
    const { session, sequence, isHigh } = command;
    const { high, low } = hashes[command.limits];
    const nanoamps = isHigh ? 2000 : 1000;
    const shape = {
      firstNanoamps: -nanoamps,
      firstMicroseconds: 100,
      interphaseMicroseconds: 0,
      secondNanoamps: nanoamps,
      secondMicroseconds: 100,
    };
    const hash = { limitsHashHigh: high, limitsHashLow: low };
    const electrode = this.#electrode++;
    return (
      this.#stimulator.pulse({ session, sequence, expiryMicroseconds, electrode, ...shape, ...hash }, this.#now) ===
      'delivered'
    );
  }

  get state() {
    const { isOutputOn, isDry, session, burnedSession, isEmergencyStopPressed } = this.#stimulator.status(this.#now);
    return { isOutputOn, isDry: isOutputOn && isDry, session, burned: burnedSession, isEmergencyStopPressed };
  }
}

/** Renewals in one tick are nearer to each other than the real device accepts; the model has no time between ticks. */
function oneRenewalATick(sequence: readonly Command[]): Command[] {
  let isRenewed = false;
  return sequence.filter(({ kind }) => {
    if (kind === 'tick') isRenewed = false;
    if (kind !== 'renew') return true;
    const isFirst = !isRenewed;
    isRenewed = true;
    return isFirst;
  });
}

/** What both must agree on after a command. */
function describeDevice(command: Command, isExecuted: boolean, device: DeviceReport): string {
  const { isOutputOn, isDry, session, burned, isEmergencyStopPressed } = device;
  const output = isOutputOn ? `on${isDry ? ' dry' : ''}` : 'off';
  const stop = isEmergencyStopPressed ? ', pressed' : '';
  return `${command.kind}: ${isExecuted ? 'executed, ' : ''}${output}, session ${session}, burned ${burned}${stop}`;
}

describe('the model of the device', () => {
  it('S17: agrees with the virtual stimulator on every command of 20,000 random sequences', () => {
    let executed = 0;
    fc.assert(
      fc.property(fc.array(commands, { minLength: 5, maxLength: 25, size: 'max' }).map(oneRenewalATick), (sequence) => {
        const real = new RealDevice();
        let device = deviceAtRest;
        const [expected, seen]: [string[], string[]] = [[], []];
        for (const relative of sequence) {
          const command = numbered(relative, device);
          const applied = apply(device, command);
          device = applied.device;
          if (applied.isExecuted) executed++;
          expected.push(describeDevice(command, real.apply(command), real.state));
          seen.push(describeDevice(command, applied.isExecuted, device));
        }
        expect(seen).toEqual(expected);
      }),
      { numRuns: 20_000 },
    );
    // Sequences in which nothing is executed would agree on nothing.
    expect(executed).toBeGreaterThan(5000);
  });

  it('S31: a message that counts as dead changes nothing, now and after everything else', () => {
    const messages = fc
      .record({ kind: fc.constantFrom(...messageKinds), session: fc.nat(4), age: ages, limits, sequence: fc.nat(3) })
      .map((fields) => messageOf({ ...fields, isDry: false, isHigh: false } as Parameters<typeof messageOf>[0]));
    const histories = fc.array(commands, { maxLength: 12 });
    let dead = 0;
    fc.assert(
      fc.property(histories, messages, histories, (before, message, after) => {
        let device = before.reduce((each, command) => apply(each, numbered(command, each)).device, deviceAtRest);
        if (!isDead(device, message, obedient)) return;
        dead++;
        const isStop = kindOf(message) === 'stop';
        for (const command of after) {
          expect(isDead(device, message, obedient)).toBe(true);
          const reception = receive(device, message, obedient);
          expect(reception.pulse).toBeUndefined();
          expect(reception.device).toEqual(isStop ? stopByStranger(device, 0, obedient) : device);
          device = apply(device, numbered(command, device)).device;
          if (command.kind === 'tick' && !isStop) message = older(message, leaseTicks + 1);
        }
      }),
      { numRuns: 5000 },
    );
    expect(dead).toBeGreaterThan(1000);
  });
});
