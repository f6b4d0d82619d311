import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PulseMessage } from '../../common/device-protocol/messages.ts';
import { shapeRefusal, virtualLimits } from './stimulator-limits.ts';
import { Stimulator } from './stimulator.ts';

const channels = 4;
const create = () => new Stimulator({ limits: virtualLimits, channels, sampleRateHz: 10_000, bootNumber: 1 });

const smallPulse: Omit<PulseMessage, 'session' | 'sequence' | 'expiryMicroseconds'> = {
  electrode: 0,
  firstNanoamps: -1000,
  firstMicroseconds: 100,
  interphaseMicroseconds: 0,
  secondNanoamps: 1000,
  secondMicroseconds: 100,
};

/** A command of a hostile or confused computer; small numbers, so that they meet. */
const commands = fc.oneof(
  fc.record({ kind: fc.constant('enable' as const), session: fc.nat(5), ahead: fc.nat(60), lease: fc.nat(60) }),
  fc.record({ kind: fc.constant('renew' as const), session: fc.nat(5), ahead: fc.nat(60) }),
  fc.record({ kind: fc.constant('stop' as const), session: fc.nat(3) }),
  fc.record({
    kind: fc.constant('pulse' as const),
    session: fc.nat(5),
    sequence: fc.nat(6),
    ahead: fc.integer({ min: -5, max: 5 }),
    electrode: fc.nat(channels),
  }),
);
const histories = fc.array(fc.record({ command: commands, waits: fc.nat(30) }), { maxLength: 60 });

describe('the virtual stimulator', () => {
  it('delivers only in the current session, within its lease, each number once, whatever it is told', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const stimulator = create();
        let now = 1000;
        let leaseEnd = 0;
        let leaseLength = 0;
        const delivered = new Set<string>();
        let burned = 0;
        for (const { command, waits } of history) {
          now += waits;
          const before = stimulator.status(now, 0);
          if (command.kind === 'enable') {
            stimulator.enable(command.session, now + command.ahead, command.lease, now);
            if (stimulator.status(now, 0).session !== before.session) {
              expect(command.session).toBeGreaterThan(Math.max(before.session, before.burnedSession));
              expect(command.ahead).toBeLessThanOrEqual(command.lease);
              leaseEnd = now + command.ahead;
              leaseLength = command.lease;
            }
          } else if (command.kind === 'renew') {
            stimulator.renew(command.session, now + command.ahead, now);
            if (before.isOutputOn && command.session === before.session && command.ahead <= leaseLength)
              leaseEnd = Math.max(leaseEnd, now + command.ahead);
          } else if (command.kind === 'stop') {
            stimulator.stop(command.session);
            leaseEnd = 0;
            expect(stimulator.status(now, 0).burnedSession).toBeGreaterThanOrEqual(command.session);
          } else {
            const { session, sequence, electrode } = command;
            const pulse = { ...smallPulse, session, sequence, electrode, expiryMicroseconds: now + command.ahead };
            if (stimulator.pulse(pulse, now * 100, now) === 'delivered') {
              expect(now).toBeLessThan(leaseEnd);
              expect(session).toBe(before.session);
              expect(session).toBeGreaterThan(burned);
              expect(command.ahead).toBeGreaterThanOrEqual(0);
              expect(electrode).toBeLessThan(channels);
              expect(delivered).not.toContain(`${session} ${sequence}`);
              delivered.add(`${session} ${sequence}`);
            }
          }
          const after = stimulator.status(now, 0);
          expect(after.isOutputOn).toBe(now < leaseEnd);
          if (after.isOutputOn) expect(after.session).toBeGreaterThan(after.burnedSession);
          expect(after.burnedSession).toBeGreaterThanOrEqual(burned);
          burned = after.burnedSession;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('accepts a pulse of a shape exactly when all its limits hold', () => {
    const nanoamps = fc.oneof(fc.integer({ min: -110_000, max: 110_000 }), fc.constantFrom(0, 100_000, 100_001));
    const microseconds = fc.oneof(fc.nat(1100), fc.constantFrom(0, 200, 1000, 1001));
    const shapes = fc
      .record({
        current: nanoamps,
        width: microseconds,
        gap: fc.nat(110),
        electrode: fc.nat(5),
        error: fc.constantFrom(0, 0, 1),
      })
      .map(({ current, width, gap, electrode, error }) => ({
        ...{ session: 1, sequence: 1, expiryMicroseconds: 0, electrode, interphaseMicroseconds: gap },
        ...{
          firstNanoamps: current,
          firstMicroseconds: width,
          secondNanoamps: -current,
          secondMicroseconds: width + error,
        },
      }));
    fc.assert(
      fc.property(shapes, (pulse) => {
        const { electrode, firstNanoamps, firstMicroseconds, interphaseMicroseconds, secondMicroseconds } = pulse;
        const amplitude = Math.abs(firstNanoamps);
        const isAllowed =
          electrode < channels &&
          amplitude > 0 &&
          amplitude <= 100_000 &&
          firstMicroseconds > 0 &&
          firstMicroseconds <= 1000 &&
          firstMicroseconds === secondMicroseconds &&
          amplitude * firstMicroseconds <= 20e6 &&
          interphaseMicroseconds <= 100;
        expect(shapeRefusal(pulse, channels, virtualLimits) === undefined).toBe(isAllowed);
      }),
      { numRuns: 1000 },
    );
  });

  it('accepts unequal phases of equal charge, and refuses equal phases of the same sign', () => {
    const pulse = { ...smallPulse, session: 1, sequence: 1, expiryMicroseconds: 0 };
    const asymmetric = { ...pulse, secondNanoamps: 250, secondMicroseconds: 400 };
    expect(shapeRefusal(asymmetric, channels, virtualLimits)).toBeUndefined();
    expect(shapeRefusal({ ...pulse, secondNanoamps: -1000 }, channels, virtualLimits)).toBe('unbalanced');
    const tooStrongSecond = { ...pulse, firstNanoamps: -50_000, firstMicroseconds: 300, secondNanoamps: 150_000 };
    expect(shapeRefusal(tooStrongSecond, channels, virtualLimits)).toBe('amplitude');
  });

  it('does not let a renewal shorten its lease', () => {
    const stimulator = create();
    stimulator.enable(1, 100, 100, 0);
    stimulator.renew(1, 20, 10);
    expect(stimulator.status(99, 0).isOutputOn).toBe(true);
    expect(stimulator.status(100, 0).isOutputOn).toBe(false);
  });

  it('refuses more than 500 pulses a second on an electrode', () => {
    const stimulator = create();
    stimulator.enable(1, 1000, 1000, 0);
    const outcomeAt = (sequence: number, sample: number) =>
      stimulator.pulse({ ...smallPulse, session: 1, sequence, expiryMicroseconds: 0 }, sample, 0);
    expect(outcomeAt(1, 0)).toBe('delivered');
    expect(outcomeAt(2, 1)).toBe('busy');
    expect(outcomeAt(3, 19)).toBe('rate');
    expect(outcomeAt(4, 20)).toBe('delivered');
  });
});
