// The output of the virtual device: its stimulator, what it really delivers and measures, and a report of all that happens there; runs in the virtual rig.
import type { Clock } from '../../common/base/clock.ts';
import type { DeviceIdentity } from '../../common/device-protocol/device-identity.ts';
import type { DeviceOutcome } from '../../common/device-protocol/device-outcome.ts';
import type { EnableMessage, PulseMessage } from '../../common/device-protocol/messages.ts';
import type { DeviceClock } from './device-clock.ts';
import type { DeviceCondition } from './device-condition.ts';
import type { PulseFault } from './fault-plan.ts';
import { type MeasuredPulse, measurePulse, referenceLoad } from './measure-pulse.ts';
import type { OutputEvent } from './output-judge.ts';
import { durationOf, OutputMeter } from './output-meter.ts';
import { Stimulator, type StimulatorOutline, type StimulatorStatus } from './stimulator.ts';

export interface OutputStageOptions {
  readonly device: Pick<DeviceIdentity, 'limits' | 'channels'>;
  readonly clock: DeviceClock;
  /** A free-running counter for the lease: the device's clock may step back, this one does not. */
  readonly timer: Clock;
  readonly condition: DeviceCondition;
  /** Hears of everything that happens at the output. */
  readonly onEvent: (event: OutputEvent) => void;
}

/** What became of a pulse. */
export interface PulseResult {
  readonly outcome: DeviceOutcome;
  /** Device time of its start. */
  readonly startMicroseconds: number;
  readonly isDry: boolean;
  /** Undefined unless it was delivered. */
  readonly measured: MeasuredPulse | undefined;
}

export class OutputStage {
  readonly #options: OutputStageOptions;
  readonly #meter = new OutputMeter();
  #stimulator: Stimulator;
  /** The newest one: its session, when it ends by the device's clock, and when by the timer. */
  #lease = { session: 0, expiry: 0, endsNs: -Infinity };

  constructor(options: OutputStageOptions) {
    this.#options = options;
    this.#stimulator = new Stimulator(options.device);
  }

  /** As it was left: a lease that has ended since is not noticed. */
  get isOn(): boolean {
    return this.#stimulator.isOutputOn;
  }

  enable(message: EnableMessage): void {
    const at = this.lapse();
    if (!this.#stimulator.enable(message, at)) return;
    const { session, leaseExpiryMicroseconds: leaseExpiry, isDry } = message;
    this.#lease = { session, expiry: leaseExpiry, endsNs: this.#timerNs(leaseExpiry, at) };
    this.#options.onEvent({ kind: 'enabled', at, session, leaseExpiry, isDry: isDry === 1 });
  }

  renew(session: number, leaseExpiry: number): void {
    const at = this.lapse();
    if (!this.#stimulator.renew(session, leaseExpiry, at)) return;
    const { expiry, endsNs } = this.#lease;
    const renewedNs = this.#timerNs(leaseExpiry, at);
    this.#lease = { session, expiry: Math.max(expiry, leaseExpiry), endsNs: Math.max(endsNs, renewedNs) };
    this.#options.onEvent({ kind: 'renewed', at, session, leaseExpiry });
  }

  /** @param session burned with the current one; @param by who stops, in words */
  stop(session: number, by: string): void {
    const at = this.#options.clock.now();
    this.#stimulator.stop(session);
    this.#options.onEvent({ kind: 'stopped', at, session, by });
  }

  pressEmergencyStop(isPressed: boolean): void {
    const at = this.#options.clock.now();
    this.#stimulator.pressEmergencyStop(isPressed);
    if (isPressed) this.#options.onEvent({ kind: 'stopped', at, session: 0, by: 'the emergency stop' });
  }

  /** @param start of the pulse in µs of the stream's time, by which times between pulses are judged */
  pulse(pulse: PulseMessage, start: number, fault: PulseFault | undefined): PulseResult {
    const at = this.lapse();
    const outcome = fault?.fault === 'refuse' ? this.#stimulator.refuse() : this.#stimulator.pulse(pulse, at, start);
    const { isDry } = this.#stimulator.status(at);
    if (outcome !== 'delivered') return { outcome, startMicroseconds: at, isDry, measured: undefined };
    return { outcome, startMicroseconds: at, isDry, measured: this.#deliver(pulse, at, isDry, fault) };
  }

  /** Ends a lease that is over by the device's clock or by the timer. @returns device time */
  lapse(): number {
    const at = this.#options.clock.now();
    const { session, expiry, endsNs } = this.#lease;
    const hasLapsed = this.#stimulator.lapse(at);
    if (!hasLapsed && !(this.#stimulator.isOutputOn && this.#options.timer.nowNs() >= endsNs)) return at;
    this.#stimulator.stop(0);
    this.#options.onEvent({ kind: 'lapsed', at, session, leaseExpiry: expiry });
    return at;
  }

  /** Power comes back: the output is off, and of all that was known only what is burned is left. */
  restart(): void {
    this.stop(0, 'the restart of the device');
    const { burnedSession, isEmergencyStopPressed } = this.#stimulator.status(this.#options.clock.now());
    this.#stimulator = new Stimulator({ ...this.#options.device, burnedSession });
    this.#stimulator.pressEmergencyStop(isEmergencyStopPressed);
    this.#meter.clear();
  }

  get outline(): StimulatorOutline {
    return this.#stimulator.outline;
  }

  status(): StimulatorStatus & { readonly outputNanoamps: number } {
    const at = this.lapse();
    const outputNanoamps = this.#meter.nanoampsAt(at) + this.#options.condition.strayNanoamps;
    return { ...this.#stimulator.status(at), outputNanoamps };
  }

  #deliver(pulse: PulseMessage, at: number, isDry: boolean, fault: PulseFault | undefined): MeasuredPulse {
    const { condition, device, onEvent } = this.#options;
    const { session, sequence, electrode } = pulse;
    const load = isDry ? referenceLoad : condition.loadOf(electrode);
    const measured = measurePulse(pulse, fault, load, device.limits.complianceMillivolts);
    const { firstFemtocoulombs, secondFemtocoulombs } = measured;
    this.#meter.begin(measured.applied, at);
    if (!isDry)
      condition.leaveCharge(electrode, firstFemtocoulombs + secondFemtocoulombs, durationOf(measured.applied));
    onEvent({ kind: 'pulse', at, session, sequence, electrode, firstFemtocoulombs, secondFemtocoulombs, isDry });
    return measured;
  }

  /** A moment of device time by the timer. */
  #timerNs(microseconds: number, at: number): number {
    return this.#options.timer.nowNs() + (microseconds - at) * 1000;
  }
}
