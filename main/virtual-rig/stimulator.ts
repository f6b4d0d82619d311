// The virtual stimulator: sessions, lease, sequence numbers and limits of its own; time is passed in; runs in the virtual rig.
import type { DeviceLimits } from '../../common/device-protocol/device-identity.ts';
import type { DeviceOutcome } from '../../common/device-protocol/device-outcome.ts';
import type { DeviceStatus } from '../../common/device-protocol/device-status.ts';
import type { PulseMessage } from '../../common/device-protocol/messages.ts';
import { shapeRefusal } from './stimulator-limits.ts';

export interface StimulatorOptions {
  readonly limits: DeviceLimits;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly bootNumber: number;
}

/**
 * Trusts nobody. The output is on only between an ENABLE with a session number above all before it and the first of
 * STOP and the lease's absolute expiry; each of them burns the session. Times are device time in µs.
 */
export class Stimulator {
  readonly #options: StimulatorOptions;
  #isOutputOn = false;
  #session = 0;
  #burnedSession = 0;
  #leaseExpiry = 0;
  #lease = 0;
  #lastSequence = 0;
  #delivered = 0;
  #refused = 0;
  #enableSession = 0;
  #enableOutcome: DeviceOutcome = 'output-off';
  /** Per electrode, in samples: when it is free again, and when its last pulse began. */
  readonly #busyUntil: Float64Array;
  readonly #lastStart: Float64Array;

  constructor(options: StimulatorOptions) {
    this.#options = options;
    this.#busyUntil = new Float64Array(options.channels);
    this.#lastStart = new Float64Array(options.channels).fill(-Infinity);
  }

  /**
   * Turns the output on, or not; the status says which.
   * @param lease the longest that this and any renewal may reach ahead
   */
  enable(session: number, leaseExpiry: number, lease: number, now: number): void {
    this.lapse(now);
    this.#enableSession = session;
    this.#enableOutcome = this.#judgeEnable(session, leaseExpiry, lease, now);
    if (this.#enableOutcome !== 'delivered') return;
    this.#burn(this.#session);
    this.#session = session;
    this.#lastSequence = 0;
    this.#lease = lease;
    this.#leaseExpiry = leaseExpiry;
    this.#isOutputOn = true;
  }

  /** Prolongs the lease of the current session while its output is on; otherwise does nothing. Never shortens it. */
  renew(session: number, leaseExpiry: number, now: number): void {
    this.lapse(now);
    const isAcceptable = this.#isOutputOn && session === this.#session && leaseExpiry <= now + this.#lease;
    if (isAcceptable) this.#leaseExpiry = Math.max(this.#leaseExpiry, leaseExpiry);
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

  /** Ends a lease that has expired. To be called at least as often as the output must not outlive it. */
  lapse(now: number): void {
    if (this.#isOutputOn && now >= this.#leaseExpiry) this.stop(0);
  }

  /** @param startSample at which the pulse begins if it is delivered */
  pulse(pulse: PulseMessage, startSample: number, now: number): DeviceOutcome {
    this.lapse(now);
    const outcome = this.#judgePulse(pulse, startSample, now);
    if (outcome !== 'delivered') {
      this.#refused++;
      return outcome;
    }
    this.#delivered++;
    const microseconds = pulse.firstMicroseconds + pulse.interphaseMicroseconds + pulse.secondMicroseconds;
    this.#lastStart[pulse.electrode] = startSample;
    this.#busyUntil[pulse.electrode] = startSample + (microseconds * this.#options.sampleRateHz) / 1e6;
    return outcome;
  }

  /** Refuses a pulse without looking at it. */
  refuse(): DeviceOutcome {
    this.#refused++;
    return 'refused-on-request';
  }

  status(now: number, acquiredSamples: number): DeviceStatus {
    this.lapse(now);
    return {
      bootNumber: this.#options.bootNumber,
      deviceMicroseconds: now,
      isOutputOn: this.#isOutputOn,
      session: this.#session,
      burnedSession: this.#burnedSession,
      leaseMicroseconds: this.#lease,
      leaseRemainingMicroseconds: this.#isOutputOn ? this.#leaseExpiry - now : 0,
      lastSequence: this.#lastSequence,
      deliveredPulses: this.#delivered,
      refusedPulses: this.#refused,
      enableSession: this.#enableSession,
      enableOutcome: this.#enableOutcome,
      acquiredSamples,
    };
  }

  #burn(session: number): void {
    this.#burnedSession = Math.max(this.#burnedSession, session);
  }

  #judgeEnable(session: number, leaseExpiry: number, lease: number, now: number): DeviceOutcome {
    if (!(session > this.#session && session > this.#burnedSession)) return 'session-burned';
    if (!(leaseExpiry > now)) return 'expired';
    const isShort = lease <= this.#options.limits.leaseMaxMilliseconds * 1000 && leaseExpiry <= now + lease;
    return isShort ? 'delivered' : 'lease-too-long';
  }

  #judgePulse(pulse: PulseMessage, startSample: number, now: number): DeviceOutcome {
    if (!this.#isOutputOn) return 'output-off';
    if (pulse.session !== this.#session) return 'wrong-session';
    if (!(pulse.sequence > this.#lastSequence)) return 'replayed';
    this.#lastSequence = pulse.sequence;
    if (!(now <= pulse.expiryMicroseconds)) return 'expired';
    const { channels, limits, sampleRateHz } = this.#options;
    const refusal = shapeRefusal(pulse, channels, limits);
    if (refusal !== undefined) return refusal;
    if (!(startSample >= this.#busyUntil[pulse.electrode]!)) return 'busy';
    if (!(startSample - this.#lastStart[pulse.electrode]! >= sampleRateHz / limits.rateMaxHz)) return 'rate';
    return 'delivered';
  }
}
