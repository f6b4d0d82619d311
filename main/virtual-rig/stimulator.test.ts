import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { virtualLimits } from './stimulator-limits.ts';
import { enableMessage, pulseMessage } from './stimulator.fixture.ts';
import { Stimulator } from './stimulator.ts';

const channels = 4;
const create = (burnedSession?: number) =>
  new Stimulator({ limits: virtualLimits, channels, ...(burnedSession === undefined ? {} : { burnedSession }) });

function enabled(change: Parameters<typeof enableMessage>[0] = {}): Stimulator {
  const stimulator = create();
  expect(stimulator.enable(enableMessage(change), 0)).toBe(true);
  return stimulator;
}

/** Commands of a hostile or confused computer; small numbers, so that they meet. */
const commands = fc.oneof(
  fc.record({
    kind: fc.constant('enable' as const),
    session: fc.nat(5),
    ahead: fc.nat(60_000),
    lease: fc.nat(60_000),
    hash: fc.nat(1),
  }),
  fc.record({ kind: fc.constant('renew' as const), session: fc.nat(5), ahead: fc.nat(60_000) }),
  fc.record({ kind: fc.constant('stop' as const), session: fc.nat(3) }),
  fc.record({ kind: fc.constant('press' as const), isPressed: fc.boolean() }),
  fc.record({
    kind: fc.constant('pulse' as const),
    session: fc.nat(5),
    sequence: fc.nat(6),
    ahead: fc.integer({ min: -5, max: 5 }),
    electrode: fc.nat(channels),
    hash: fc.nat(1),
  }),
);
const histories = fc.array(fc.record({ command: commands, waits: fc.nat(30_000) }), { maxLength: 60 });

describe('the virtual stimulator', () => {
  it('delivers only in the current session, within its lease, each number once, whatever it is told', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const stimulator = create();
        let now = 1000;
        let [leaseEnd, leaseLength, renewedAt, hash] = [0, 0, -Infinity, 0];
        let isPressed = false;
        const delivered = new Set<string>();
        let burned = 0;
        for (const { command, waits } of history) {
          now += waits;
          const before = stimulator.status(now);
          switch (command.kind) {
            case 'enable': {
              const { session, ahead, lease } = command;
              const [leaseExpiryMicroseconds, leaseMicroseconds] = [now + ahead, lease];
              const isNew = session > Math.max(before.session, before.burnedSession);
              const isAccepted = !isPressed && isNew && ahead > 0 && ahead <= lease;
              const message = { session, leaseExpiryMicroseconds, leaseMicroseconds, limitsHashLow: command.hash };
              expect(stimulator.enable(enableMessage(message), now)).toBe(isAccepted);
              if (!isAccepted) break;
              [leaseEnd, leaseLength, renewedAt, hash] = [now + ahead, lease, -Infinity, command.hash];
              break;
            }
            case 'renew': {
              const isForThis = before.isOutputOn && command.session === before.session;
              const isTaken = isForThis && command.ahead <= leaseLength && now - renewedAt >= 5000;
              expect(stimulator.renew(command.session, now + command.ahead, now)).toBe(isTaken);
              if (!isTaken) break;
              renewedAt = now;
              leaseEnd = Math.max(leaseEnd, now + command.ahead);
              break;
            }
            case 'stop':
              stimulator.stop(command.session);
              leaseEnd = 0;
              expect(stimulator.status(now).burnedSession).toBeGreaterThanOrEqual(command.session);
              break;
            case 'press':
              stimulator.pressEmergencyStop(command.isPressed);
              isPressed = command.isPressed;
              if (isPressed) leaseEnd = 0;
              break;
            case 'pulse': {
              const { session, sequence, electrode } = command;
              const expiryMicroseconds = now + command.ahead;
              const pulse = { session, sequence, electrode, expiryMicroseconds, limitsHashLow: command.hash };
              if (stimulator.pulse(pulseMessage(pulse), now) !== 'delivered') break;
              expect(now).toBeLessThan(leaseEnd);
              expect(session).toBe(before.session);
              expect(session).toBeGreaterThan(burned);
              expect(command.ahead).toBeGreaterThanOrEqual(0);
              expect(command.hash).toBe(hash);
              expect(electrode).toBeLessThan(channels);
              expect(delivered).not.toContain(`${session} ${sequence}`);
              delivered.add(`${session} ${sequence}`);
            }
          }
          const after = stimulator.status(now);
          expect(after.isOutputOn).toBe(now < leaseEnd);
          expect(after.isEmergencyStopPressed).toBe(isPressed);
          if (after.isOutputOn) expect(after.session).toBeGreaterThan(after.burnedSession);
          expect(after.burnedSession).toBeGreaterThanOrEqual(burned);
          burned = after.burnedSession;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('does not let a renewal shorten its lease', () => {
    const stimulator = enabled({ leaseExpiryMicroseconds: 100_000, leaseMicroseconds: 100_000 });
    expect(stimulator.renew(1, 20_000, 10_000)).toBe(true);
    expect(stimulator.status(99_999).isOutputOn).toBe(true);
    expect(stimulator.status(100_000).isOutputOn).toBe(false);
  });

  it('does not let a renewal reach further ahead than its lease is long', () => {
    const stimulator = enabled({ leaseExpiryMicroseconds: 100_000, leaseMicroseconds: 100_000 });
    expect(stimulator.renew(1, 150_001, 50_000)).toBe(false);
    expect(stimulator.renew(1, 150_000, 50_000)).toBe(true);
    expect(stimulator.status(50_000).leaseRemainingMicroseconds).toBe(100_000);
  });

  it('ignores and counts a renewal less than 5 ms after the one before, and takes the first of a new session', () => {
    const stimulator = enabled();
    expect(stimulator.renew(1, 1_000_000, 10_000)).toBe(true);
    expect(stimulator.renew(1, 1_014_999, 14_999)).toBe(false);
    expect(stimulator.status(14_999)).toMatchObject({ ignoredRenewals: 1, leaseRemainingMicroseconds: 985_001 });
    expect(stimulator.renew(1, 1_015_000, 15_000)).toBe(true);
    expect(stimulator.enable(enableMessage({ session: 2 }), 16_000)).toBe(true);
    expect(stimulator.renew(2, 1_016_000, 16_000)).toBe(true);
    expect(stimulator.status(16_000).ignoredRenewals).toBe(1);
  });

  it('names why it does not turn on', () => {
    const outcome = (change: Parameters<typeof enableMessage>[0], now = 0) => {
      const stimulator = create(4);
      expect(stimulator.enable(enableMessage({ session: 5, ...change }), now)).toBe(false);
      expect(stimulator.isOutputOn).toBe(false);
      return stimulator.status(now).enableOutcome;
    };
    expect(outcome({ session: 4 })).toBe('session-burned');
    expect(outcome({}, 1_000_000)).toBe('expired');
    expect(outcome({ leaseExpiryMicroseconds: 1_000_001, leaseMicroseconds: 1_000_001 })).toBe('lease-too-long');
    expect(outcome({ leaseMicroseconds: 999_999 })).toBe('lease-too-long');
  });

  it('remembers what was burned before it started', () => {
    const stimulator = create(41);
    expect(stimulator.status(0)).toMatchObject({ session: 0, burnedSession: 41 });
    expect(stimulator.enable(enableMessage({ session: 41 }), 0)).toBe(false);
    expect(stimulator.enable(enableMessage({ session: 42 }), 0)).toBe(true);
  });

  it('keeps its output off while the emergency stop is pressed, and after it until it is enabled anew', () => {
    const stimulator = enabled();
    stimulator.pressEmergencyStop(true);
    expect(stimulator.status(1)).toMatchObject({ isOutputOn: false, burnedSession: 1, isEmergencyStopPressed: true });
    expect(stimulator.pulse(pulseMessage(), 1)).toBe('emergency-stop');
    expect(stimulator.enable(enableMessage({ session: 2 }), 1)).toBe(false);
    expect(stimulator.status(1).enableOutcome).toBe('emergency-stop');
    stimulator.pressEmergencyStop(false);
    expect(stimulator.pulse(pulseMessage({ session: 2 }), 2)).toBe('output-off');
    expect(stimulator.enable(enableMessage({ session: 3 }), 2)).toBe(true);
  });

  it('names what is wrong with a pulse of the session', () => {
    const stimulator = enabled();
    const outcome = (change: Parameters<typeof pulseMessage>[0]) => stimulator.pulse(pulseMessage(change), 50);
    expect(outcome({ session: 2, sequence: 1 })).toBe('wrong-session');
    expect(outcome({ sequence: 1, limitsHashHigh: 9 })).toBe('wrong-limits');
    expect(outcome({ sequence: 1 })).toBe('replayed');
    expect(outcome({ sequence: 2, limitsHashLow: 9 })).toBe('wrong-limits');
    expect(outcome({ sequence: 3, expiryMicroseconds: 49 })).toBe('expired');
    expect(outcome({ sequence: 4, electrode: channels })).toBe('no-such-electrode');
    expect(outcome({ sequence: 5, expiryMicroseconds: 50 })).toBe('delivered');
    expect(stimulator.refuse()).toBe('refused-on-request');
    expect(stimulator.status(50)).toMatchObject({ deliveredPulses: 1, refusedPulses: 7, lastSequence: 5 });
  });

  it('says whether it is dry and which limits its session has', () => {
    const stimulator = enabled({ isDry: 1, limitsHashHigh: 7, limitsHashLow: 8 });
    expect(stimulator.status(0)).toMatchObject({ isDry: true, limitsHash: { high: 7, low: 8 } });
    stimulator.enable(enableMessage({ session: 2 }), 0);
    expect(stimulator.status(0)).toMatchObject({ isDry: false, limitsHash: { high: 1, low: 2 } });
  });

  it('judges the times between pulses by when they begin', () => {
    const stimulator = enabled();
    const outcomeAt = (sequence: number, start: number) => stimulator.pulse(pulseMessage({ sequence }), 0, start);
    expect(outcomeAt(1, 0)).toBe('delivered');
    expect(outcomeAt(2, 199)).toBe('busy');
    expect(outcomeAt(3, 200)).toBe('rate');
    expect(outcomeAt(4, 1999)).toBe('rate');
    expect(outcomeAt(5, 2000)).toBe('delivered');
  });
});
