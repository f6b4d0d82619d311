// The virtual stimulator: sessions, lease, sequence numbers, emergency stop and limits of its own; time is passed in; runs in the virtual rig.
import type { DeviceLimits } from '../../common/device-protocol/device-identity.ts';
import type { DeviceOutcome } from '../../common/device-protocol/device-outcome.ts';
import type { DeviceStatus } from '../../common/device-protocol/device-status.ts';
import { isSameLimits, type LimitsHash } from '../../common/device-protocol/limits-hash.ts';
import type { EnableMessage, PulseMessage } from '../../common/device-protocol/messages.ts';
import { durationOf } from './output-meter.ts';
import { PulseTimes } from './pulse-times.ts';
import { shapeRefusal } from './stimulator-limits.ts';

export interface StimulatorOptions {
  readonly limits: DeviceLimits;
  /** Electrodes from this number on do not exist. */
  readonly channels: number;
  /** What was burned before the device started: kept in memory that survives it. */
  readonly burnedSession?: number;
}

/** What the stimulator itself knows of the device's status. */
export type StimulatorStatus = Pick<
  DeviceStatus,
  | 'isOutputOn'
  | 'isDry'
  | 'session'
  | 'burnedSession'
  | 'leaseMicroseconds'
  | 'leaseRemainingMicroseconds'
  | 'lastSequence'
  | 'deliveredPulses'
  | 'refusedPulses'
  | 'enableSession'
  | 'enableOutcome'
  | 'isEmergencyStopPressed'
  | 'ignoredRenewals'
  | 'limitsHash'
>;

export type StimulatorOutline = Pick<
  StimulatorStatus,
  'isOutputOn' | 'session' | 'burnedSession' | 'isEmergencyStopPressed'
>;

/** Renewals that follow each other faster come from something that does not wait for completed work. */
const renewalMinMicroseconds = 5000;

const hashOf = (message: { limitsHashHigh: number; limitsHashLow: number }): LimitsHash => ({
  high: message.limitsHashHigh,
  low: message.limitsHashLow,
});

/**
 * Trusts nobody. The output is on only between an ENABLE with a session number above all before it and the first of
 * STOP, the emergency stop and the lease's absolute expiry; each of them burns the session. Times are device time in µs.
 */
export class Stimulator {
  readonly #options: StimulatorOptions;
  readonly #times: PulseTimes;
  #isOutputOn = false;
  #isDry = false;
  #isEmergencyStopPressed = false;
  #session = 0;
  #burnedSession = 0;
  #leaseExpiry = 0;
  #lease = 0;
  #lastRenewal = -Infinity;
  #ignoredRenewals = 0;
  #lastSequence = 0;
  #delivered = 0;
  #refused = 0;
  #enableSession = 0;
  #enableOutcome: DeviceOutcome = 'output-off';
  #limitsHash: LimitsHash = { high: 0, low: 0 };

  constructor(options: StimulatorOptions) {
    this.#options = options;
    this.#burnedSession = options.burnedSession ?? 0;
    this.#times = new PulseTimes(options.channels, options.limits);
  }

  /**
   * Turns the output on, or not; the status says why. The lease is the longest that this and any renewal may reach ahead.
   * @returns whether it is on for the new session
   */
  enable(message: EnableMessage, now: number): boolean {
    this.lapse(now);
    this.#enableSession = message.session;
    this.#enableOutcome = this.#judgeEnable(message, now);
    if (this.#enableOutcome !== 'delivered') return false;
    this.#burn(this.#session);
    this.#session = message.session;
    this.#lastSequence = 0;
    this.#lease = message.leaseMicroseconds;
    this.#leaseExpiry = message.leaseExpiryMicroseconds;
    this.#limitsHash = hashOf(message);
    this.#isDry = message.isDry === 1;
    this.#lastRenewal = -Infinity;
    this.#isOutputOn = true;
    return true;
  }

  /**
   * Prolongs the lease of the current session while its output is on; otherwise does nothing. Never shortens it, and counts a
   * renewal that comes too soon after the one before instead of taking it.
   * @returns whether it was taken
   */
  renew(session: number, leaseExpiry: number, now: number): boolean {
    this.lapse(now);
    if (!(this.#isOutputOn && session === this.#session && leaseExpiry <= now + this.#lease)) return false;
    if (!(now - this.#lastRenewal >= renewalMinMicroseconds)) {
      this.#ignoredRenewals++;
      return false;
    }
    this.#lastRenewal = now;
    this.#leaseExpiry = Math.max(this.#leaseExpiry, leaseExpiry);
    return true;
  }

  /**
   * Always turns the output off and burns the current session.
   * @param session burned too, so that an ENABLE of it that is still on its way is dead; 0 for none. From a stranger
   * it must be 0: a huge number would shut out every later session.
   */
  stop(session: number): void {
    this.#isOutputOn = false;
    this.#burn(Math.max(this.#session, session));
  }

  /** Pressed: the output is off and stays off until it is released and enabled anew. */
  pressEmergencyStop(isPressed: boolean): void {
    this.#isEmergencyStopPressed = isPressed;
    if (isPressed) this.stop(0);
  }

  /** Ends a lease that has expired. To be called at least as often as the output must not outlive it. @returns whether one has */
  lapse(now: number): boolean {
    if (!(this.#isOutputOn && now >= this.#leaseExpiry)) return false;
    this.stop(0);
    return true;
  }

  /** @param start when it will begin if it is delivered, in µs of a clock of the stream's own; times between pulses are judged by it */
  pulse(pulse: PulseMessage, now: number, start = now): DeviceOutcome {
    this.lapse(now);
    const outcome = this.#judgePulse(pulse, now, start);
    if (outcome !== 'delivered') {
      this.#refused++;
      return outcome;
    }
    this.#delivered++;
    this.#times.add(pulse.electrode, start, durationOf(pulse));
    return outcome;
  }

  /** As it was left: a lease that has ended since is not noticed. */
  get isOutputOn(): boolean {
    return this.#isOutputOn;
  }

  /** Refuses a pulse without looking at it. */
  refuse(): DeviceOutcome {
    this.#refused++;
    return 'refused-on-request';
  }

  status(now: number): StimulatorStatus {
    this.lapse(now);
    return {
      isOutputOn: this.#isOutputOn,
      isDry: this.#isDry,
      session: this.#session,
      burnedSession: this.#burnedSession,
      leaseMicroseconds: this.#lease,
      leaseRemainingMicroseconds: this.#isOutputOn ? this.#leaseExpiry - now : 0,
      lastSequence: this.#lastSequence,
      deliveredPulses: this.#delivered,
      refusedPulses: this.#refused,
      enableSession: this.#enableSession,
      enableOutcome: this.#enableOutcome,
      isEmergencyStopPressed: this.#isEmergencyStopPressed,
      ignoredRenewals: this.#ignoredRenewals,
      limitsHash: this.#limitsHash,
    };
  }

  /** What clients are told at once when it changes. */
  get outline(): StimulatorOutline {
    return {
      isOutputOn: this.#isOutputOn,
      session: this.#session,
      burnedSession: this.#burnedSession,
      isEmergencyStopPressed: this.#isEmergencyStopPressed,
    };
  }

  #burn(session: number): void {
    this.#burnedSession = Math.max(this.#burnedSession, session);
  }

  #judgeEnable(message: EnableMessage, now: number): DeviceOutcome {
    const { session, leaseExpiryMicroseconds: expiry, leaseMicroseconds: lease } = message;
    if (this.#isEmergencyStopPressed) return 'emergency-stop';
    if (!(session > this.#session && session > this.#burnedSession)) return 'session-burned';
    if (!(expiry > now)) return 'expired';
    const isShort = lease <= this.#options.limits.leaseMaxMilliseconds * 1000 && expiry <= now + lease;
    return isShort ? 'delivered' : 'lease-too-long';
  }

  #judgePulse(pulse: PulseMessage, now: number, start: number): DeviceOutcome {
    if (this.#isEmergencyStopPressed) return 'emergency-stop';
    if (!this.#isOutputOn) return 'output-off';
    if (pulse.session !== this.#session) return 'wrong-session';
    if (!(pulse.sequence > this.#lastSequence)) return 'replayed';
    this.#lastSequence = pulse.sequence;
    if (!isSameLimits(hashOf(pulse), this.#limitsHash)) return 'wrong-limits';
    if (!(now <= pulse.expiryMicroseconds)) return 'expired';
    const { channels, limits } = this.#options;
    return shapeRefusal(pulse, channels, limits) ?? this.#times.refusal(pulse.electrode, start) ?? 'delivered';
  }
}
