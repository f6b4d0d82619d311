// Pulses that a device without a lease holds, one for each electrode, and gives one by one when it is told; runs in the rig thread. Types.
import type { Disposable } from '../../../common/base/disposable.ts';
import type { Event } from '../../../common/base/event.ts';
import type { PulseCommand } from './device.ts';

/** What is held: the numbers of a command that must be the same. */
export type PreparedPulse = Pick<
  PulseCommand,
  'electrode' | 'amplitudeNanoamps' | 'phaseMicroseconds' | 'interphaseMicroseconds' | 'leadingPhase'
>;

/** A pulse that has begun, as the samples of the source show it. */
export interface GivenPulse {
  readonly electrode: number;
  /** Of the source, at which it began. */
  readonly sampleIndex: number;
  /** Host monotonic ns of that sample. */
  readonly startedNs: number;
  /** Signed, of each phase. */
  readonly firstFemtocoulombs: number;
  readonly secondFemtocoulombs: number;
  /** Whether the output stage ran out of voltage. */
  readonly isSaturated: boolean;
  /** False: the device measures nothing; the charges are 0. */
  readonly isMeasured?: false;
}

/** Why a pulse was not triggered; nothing was sent. */
export type NotTriggered = 'expired' | 'not-triggered';

export interface PreparedPulses extends Disposable {
  readonly serial: string;
  readonly firmware: string;
  readonly description: string;
  /** Every amplitude that it holds is a multiple of it. */
  readonly amplitudeStepNanoamps: number;
  readonly complianceMillivolts: number;
  /** Beyond which the device can give nothing. */
  readonly amplitudeMaxNanoamps: number;
  readonly phaseMaxMicroseconds: number;
  readonly interphaseMaxMicroseconds: number;
  readonly prepared: readonly PreparedPulse[];
  /** Reads everything back. @throws Error with what the device holds otherwise */
  verify(): Promise<void>;
  /** Whether `verify` comes before each pulse too, because the device has knobs, or is not trusted to hold what it was told. */
  readonly isVerifiedBeforeEach: boolean;
  /**
   * Tells the device to give what it holds on an electrode.
   * @param expiryNs host monotonic, after which nothing is sent
   * @param isOn is asked immediately before it is sent: the output may have been turned off since
   * @returns undefined once it is told, which is no proof of a pulse: `onGiven` is
   * @throws Error when it is not known whether the device was told
   */
  fire(electrode: number, expiryNs: number, isOn: () => boolean): Promise<NotTriggered | undefined>;
  /** Fires for each pulse that the source shows, asked for or not. */
  readonly onGiven: Event<GivenPulse>;
  /** Fires once, when the device is gone for good: says how. What the source itself tells of its end does not fire it. */
  readonly onLost: Event<string>;
}
