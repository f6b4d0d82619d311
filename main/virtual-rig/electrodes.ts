// What a device records from and stimulates: a recorded file or living tissue; runs in the virtual rig.
import type { Disposable } from '../../common/base/disposable.ts';

/** A pulse as it was applied: two phases of equal charge and opposite sign. */
export interface AppliedPulse {
  /** Sample at which its first phase begins. */
  readonly sample: number;
  readonly electrode: number;
  /** Signed current of the first phase; cathodic is negative. */
  readonly firstNanoamps: number;
  readonly firstMicroseconds: number;
  readonly interphaseMicroseconds: number;
  readonly secondNanoamps: number;
  readonly secondMicroseconds: number;
}

export interface Electrodes extends Disposable {
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly microvoltsPerBit: number;
  /**
   * Fills `target` with the samples after those read before.
   * @param target sample-major, samples × channels
   * @returns samples per channel; fewer than asked for when there are no more
   */
  read(target: Int16Array): number;
  /** Applies a pulse that begins at the next sample to be read or later. Pulses come in order of their samples. */
  stimulate(pulse: AppliedPulse): void;
}
