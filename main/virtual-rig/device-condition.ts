// The virtual device's body: temperature, electrodes, converter, and what is broken in it at the moment; runs in the virtual rig.
import type { Clock } from '../../common/base/clock.ts';
import { DoubleLayers } from './double-layers.ts';
import type { DeviceFault } from './fault-plan.ts';
import { electrodeLoad, type Load } from './measure-pulse.ts';

/** Faults of the body, in contrast to those of the stream, the clock and the output. */
export type BodyFault = Extract<
  DeviceFault,
  {
    fault:
      | 'open-electrode'
      | 'polarised-electrode'
      | 'firmware-hang'
      | 'stuck-output'
      | 'silent-status'
      | 'safety-disabled'
      | 'over-temperature'
      | 'step-size'
      | 'corrupt-frames';
  }
>;

/** Of a device in a warm cupboard. */
const usualDecidegrees = 300;
const usualStepNanoamps = 100;

/** A fault that holds for a time, on the host's clock. */
const never = { sinceNs: -Infinity, untilNs: -Infinity };

export class DeviceCondition {
  readonly #clock: Clock;
  readonly #impedancesOhms: number[];
  readonly #doubleLayers = new DoubleLayers();
  temperatureDecidegrees = usualDecidegrees;
  isSafetyDisabled = false;
  amplitudeStepNanoamps = usualStepNanoamps;
  #hang = never;
  #silence = never;
  #stuck = { ...never, nanoamps: 0 };
  #framesToCorrupt = 0;

  /** @param impedancesOhms of each electrode at 1 kHz */
  constructor(impedancesOhms: readonly number[], clock: Clock) {
    this.#impedancesOhms = [...impedancesOhms];
    this.#clock = clock;
  }

  get impedancesOhms(): readonly number[] {
    return this.#impedancesOhms;
  }

  /** The electrode as a pulse finds it now. */
  loadOf(electrode: number): Load {
    const ohms = this.#impedancesOhms[electrode]!;
    return electrodeLoad(ohms, this.#doubleLayers.millivoltsAt(electrode, ohms, this.#clock.nowNs()));
  }

  /** @param femtocoulombs net charge of a pulse that begins now and lasts so many µs */
  leaveCharge(electrode: number, femtocoulombs: number, microseconds: number): void {
    const ohms = this.#impedancesOhms[electrode]!;
    this.#doubleLayers.add(electrode, ohms, femtocoulombs, this.#clock.nowNs(), microseconds);
  }

  /** The firmware processes nothing. */
  get isHung(): boolean {
    return this.#clock.nowNs() < this.#hang.untilNs;
  }

  /** How long the firmware has been hanging, ms; only while it hangs. */
  get hungMilliseconds(): number {
    return (this.#clock.nowNs() - this.#hang.sinceNs) / 1e6;
  }

  /** Neither status nor acknowledgement is sent. */
  get isSilent(): boolean {
    return this.#clock.nowNs() < this.#silence.untilNs;
  }

  /** Current that flows although nobody commands it. */
  get strayNanoamps(): number {
    return this.#clock.nowNs() < this.#stuck.untilNs ? this.#stuck.nanoamps : 0;
  }

  /** Whether the next outgoing message is damaged on the way. */
  takeCorruption(): boolean {
    if (this.#framesToCorrupt === 0) return false;
    this.#framesToCorrupt--;
    return true;
  }

  apply(fault: BodyFault): void {
    switch (fault.fault) {
      case 'open-electrode':
        return this.#changeImpedance(fault.electrode, fault.ohms);
      case 'polarised-electrode':
        return this.#doubleLayers.polarise(fault.electrode, fault.millivolts);
      case 'firmware-hang':
        this.#hang = this.#span(fault.milliseconds);
        return;
      case 'stuck-output':
        this.#stuck = { ...this.#span(fault.milliseconds), nanoamps: fault.nanoamps };
        return;
      case 'silent-status':
        this.#silence = this.#span(fault.milliseconds);
        return;
      case 'safety-disabled':
        this.isSafetyDisabled = true;
        return;
      case 'over-temperature':
        this.temperatureDecidegrees = fault.decidegrees;
        return;
      case 'step-size':
        this.amplitudeStepNanoamps = fault.nanoamps;
        return;
      case 'corrupt-frames':
        this.#framesToCorrupt += fault.frames;
    }
  }

  /** Charge has gone off through the old impedance until now. */
  #changeImpedance(electrode: number, ohms: number): void {
    const before = this.#impedancesOhms[electrode];
    if (before === undefined) return;
    this.#doubleLayers.add(electrode, before, 0, this.#clock.nowNs(), 0);
    this.#impedancesOhms[electrode] = ohms;
  }

  #span(milliseconds: number): typeof never {
    const sinceNs = this.#clock.nowNs();
    return { sinceNs, untilNs: sinceNs + milliseconds * 1e6 };
  }
}
