// What a device must have done after any sequence of messages, as plainly as it can be said: for tests that compare a device with it.
import type { Role } from '../../common/device-protocol/messages.ts';
import type { LimitsHash } from '../../common/device-protocol/limits-hash.ts';

/** A message and what was done to it on its way. Times in ms relative to when it arrives. */
export interface Message {
  readonly to: Role;
  readonly kind: 'enable' | 'renew' | 'pulse' | 'stop' | 'self-test' | 'start' | 'unknown';
  /** Anything but 'whole' must not be executed. */
  readonly state: 'whole' | 'bit-flipped' | 'cut' | 'forged' | 'longer';
  readonly session: number;
  readonly sequence: number;
  readonly aheadMilliseconds: number;
  readonly leaseMilliseconds: number;
  readonly electrode: number;
  readonly amplitudeNanoamps: number;
  readonly hash: number;
}

export const oracleLimits = {
  channels: 4,
  leaseMaxMilliseconds: 1000,
  amplitudeMaxNanoamps: 100_000,
  betweenPulses: 2,
};

const senders: Record<Message['kind'], readonly Role[]> = {
  enable: ['control'],
  renew: ['watchdog'],
  pulse: ['control'],
  stop: ['control', 'watchdog', 'data'],
  'self-test': ['control'],
  start: ['data'],
  unknown: [],
};

/** The hash of the limits that a small number stands for. */
export const hashOf = (hash: number): LimitsHash => ({ high: hash, low: 0 });

export class DeviceOracle {
  isOn = false;
  session = 0;
  burned = 0;
  delivered = 0;
  refusedFrames = 0;
  ignoredRenewals = 0;
  readonly closed = new Set<Role>();
  #leaseEnd = 0;
  #lease = 0;
  #hash = 0;
  #lastSequence = 0;
  #lastRenewal = -Infinity;
  #pulsedAt = new Map<number, number>();
  #refusals = new Map<Role, number[]>();

  /** Time passes; whole milliseconds. */
  passTo(now: number): void {
    if (this.isOn && now >= this.#leaseEnd) this.#stop(0);
  }

  take(message: Message, now: number): void {
    const isUnderstood = senders[message.kind].includes(message.to) && message.state === 'whole';
    // Only what carries a tag can be forged.
    const isForgery = message.state === 'forged' && ['enable', 'renew', 'pulse'].includes(message.kind);
    const isHarmlessForgery = message.state === 'forged' && !isForgery && senders[message.kind].includes(message.to);
    if (message.kind === 'stop') this.#stop(message.state === 'whole' || isHarmlessForgery ? message.session : 0);
    if ((!isUnderstood && !isHarmlessForgery) || (message.kind === 'self-test' && this.isOn))
      return this.#refuse(message.to, now);
    if (message.kind === 'enable') this.#enable(message, now);
    if (message.kind === 'renew') this.#renew(message, now);
    if (message.kind === 'pulse') this.#pulse(message, now);
  }

  #stop(session: number): void {
    this.isOn = false;
    this.burned = Math.max(this.burned, this.session, session);
  }

  #refuse(role: Role, now: number): void {
    this.refusedFrames++;
    const recent = (this.#refusals.get(role) ?? []).filter((at) => now - at < 1000);
    this.#refusals.set(role, [...recent, now]);
    if (recent.length < 3) return;
    this.closed.add(role);
    this.#refusals.delete(role);
    if (role === 'control') this.#stop(0);
  }

  #enable({ session, aheadMilliseconds: ahead, leaseMilliseconds: lease, hash }: Message, now: number): void {
    if (session <= this.session || session <= this.burned) return;
    if (ahead <= 0 || ahead > lease || lease > oracleLimits.leaseMaxMilliseconds) return;
    this.burned = Math.max(this.burned, this.session);
    [this.isOn, this.session, this.#hash, this.#lease] = [true, session, hash, lease];
    [this.#leaseEnd, this.#lastSequence, this.#lastRenewal] = [now + ahead, 0, -Infinity];
  }

  #renew({ session, aheadMilliseconds: ahead }: Message, now: number): void {
    if (!this.isOn || session !== this.session || ahead > this.#lease) return;
    if (now - this.#lastRenewal < 5) {
      this.ignoredRenewals++;
      return;
    }
    this.#lastRenewal = now;
    this.#leaseEnd = Math.max(this.#leaseEnd, now + ahead);
  }

  #pulse(
    { session, sequence, aheadMilliseconds: ahead, hash, electrode, amplitudeNanoamps }: Message,
    now: number,
  ): void {
    if (!this.isOn || session !== this.session || sequence <= this.#lastSequence) return;
    this.#lastSequence = sequence;
    if (hash !== this.#hash || ahead < 0 || electrode >= oracleLimits.channels) return;
    if (amplitudeNanoamps <= 0 || amplitudeNanoamps > oracleLimits.amplitudeMaxNanoamps) return;
    if (now - (this.#pulsedAt.get(electrode) ?? -Infinity) < oracleLimits.betweenPulses) return;
    this.#pulsedAt.set(electrode, now);
    this.delivered++;
  }
}
