// A device as the rig sees it: reading half (acquisition), writing half (stimulation) and keep-alive (watchdog thread).
import type { Disposable } from '../../../common/base/disposable.ts';
import type { Event } from '../../../common/base/event.ts';
import type { CapabilityClass } from '../../../common/contract/devices.ts';
import type { HidFaultCode } from '../../../common/contract/hid-rigs.ts';
import type { DeviceIdentity } from '../../../common/device-protocol/device-identity.ts';
import type { PulseOutcome } from '../../../common/device-protocol/device-outcome.ts';
import type { DeviceStatus } from '../../../common/device-protocol/device-status.ts';
import type { FrameRejection } from '../../../common/device-protocol/frame-rejection.ts';
import type { AcquisitionSettings, DeviceConfiguration } from '../../../common/device-protocol/messages.ts';
import type { LimitsHash } from '../../../common/device-protocol/limits-hash.ts';
import type { SourceHealth } from '../../../common/contract/source-health.ts';
import type { Source } from '../../../common/experiment/source.ts';
import type { SelfTestReport } from '../../../common/device-protocol/self-test-report.ts';
import type { VirtualFaultRequest } from '../../../common/device-protocol/virtual-fault.ts';
import type { WithCapability } from './capability-class.ts';
import type { ClockPair } from './device-time.ts';

/** What the device sent at once. A jump of `firstSample` means lost samples. */
export interface SampleBlock {
  /** Index of the first sample since the device began to acquire. */
  readonly firstSample: number;
  /** Samples per channel; below the identity's `samplesPerBlock` only in the last block of a recording, and beside a gap. */
  readonly sampleCount: number;
  readonly channels: number;
  /** Sample-major, sampleCount × channels, in the identity's microvoltsPerBit. Valid until the listener returns. */
  readonly samples: Int16Array;
  /** Host monotonic ns when the newest sample was acquired. */
  readonly acquiredNs: number;
  /** The same moment by the device's clock. */
  readonly deviceMicroseconds: number;
}

/** A status and when it arrived, host monotonic ns. */
export type HeardStatus = DeviceStatus & { readonly receivedNs: number };

/** Why a connection to a device ended. Fires once and not after `dispose`. */
export interface DeviceClosed {
  /**
   * 'recording-ended': a recording that is not looped has been played to its end.
   * 'overrun': the rig read so slowly that the device's buffer was full.
   * 'protocol': one side sent what the other could not read.
   * 'disconnected': the socket closed.
   * 'stopped': the device, or a person at it, has ended the acquisition.
   */
  readonly reason: 'recording-ended' | 'overrun' | 'protocol' | 'disconnected' | 'stopped';
  /** What happened, for people. */
  readonly message: string;
  /** Of the line below the messages, where it has names for its faults. */
  readonly fault?: HidFaultCode;
}

/** A message of which the device has executed nothing. */
export interface RejectedMessage {
  readonly type: number;
  readonly reason: FrameRejection;
}

/** What every half of a device has. */
export interface DeviceHalf extends Disposable {
  readonly identity: DeviceIdentity;
  /** Newest reading of the device's clock that was received, and when. */
  readonly newestPair: ClockPair;
  /** Messages of the device that were damaged or could not be read, and were dropped; more than three in a second end the connection. */
  readonly refusedFrames: number;
  /** Such a message was dropped: says which. */
  readonly onBadFrame: Event<string>;
  /** The device has refused a message. */
  readonly onRejected: Event<RejectedMessage>;
  readonly onClosed: Event<DeviceClosed>;
}

/** What is known of a device that samples. */
export type SamplingIdentity = Pick<
  DeviceIdentity,
  | 'serial'
  | 'firmware'
  | 'description'
  | 'channels'
  | 'sampleRateHz'
  | 'microvoltsPerBit'
  | 'samplesPerBlock'
  | 'electrodePitchMicrometres'
  | 'pacing'
  | 'bootNumber'
> & { readonly kind: Source['kind'] | DeviceIdentity['kind'] };

export interface DeviceReader extends Omit<DeviceHalf, 'identity'> {
  readonly identity: SamplingIdentity;
  /** Longest time, ms, without a block that is usual: what a device sends in lumps is silent in between. */
  readonly usualPauseMilliseconds: number;
  /** How the device is, where it can be asked; undefined: it says nothing beside its samples. */
  readonly health: SourceHealth | undefined;
  /** Begins acquisition at sample 0, or joins it where it is. */
  start(): void;
  /** Stepped pacing: asks for so many more blocks. Has no effect in real time. */
  requestBlocks(count: number): void;
  readonly onBlock: Event<SampleBlock>;
}

/** All digital inputs of a source from a sample on. */
export interface DigitalInputs {
  readonly sample: number;
  /** A bit for each line that is high; line 1 is the lowest. */
  readonly lines: number;
  /** A bit for each line of which that is known. */
  readonly known: number;
}

/** A sync pulse as the source has seen it. */
export interface SyncEdge {
  /** At which its input was high first. */
  readonly sample: number;
  /** Host monotonic ns. */
  readonly receivedNs: number;
  /** Host monotonic ns at which that sample was acquired. */
  readonly acquiredNs: number;
}

/** A source that can watch an input of its own beside its electrodes. */
export interface SyncedReader extends DeviceReader {
  readonly onSyncEdge: Event<SyncEdge>;
}

/** A charge-balanced pulse of two phases, equal in amplitude and duration and of opposite sign. */
export interface PulseCommand {
  /** 1 to 2³²−1, above every earlier number of the session. */
  readonly sequence: number;
  readonly electrode: number;
  /** Magnitude of each phase. */
  readonly amplitudeNanoamps: number;
  /** Duration of each phase. */
  readonly phaseMicroseconds: number;
  readonly interphaseMicroseconds: number;
  readonly leadingPhase: 'cathodic' | 'anodic';
  /** Host monotonic ns after which the device must refuse the pulse. */
  readonly expiryNs: number;
}

/**
 * What became of a pulse. Sequence, electrode and amplitude are the device's echo, to be compared with the command; charge and voltage
 * are what it measured, 0 unless delivered.
 */
export interface Acknowledgement {
  readonly sequence: number;
  readonly outcome: PulseOutcome;
  /** Sample at which a delivered pulse begins; -1 when it was not delivered. */
  readonly sampleIndex: number;
  readonly electrode: number;
  readonly amplitudeNanoamps: number;
  /** Device time at which it began. */
  readonly startMicroseconds: number;
  /** Signed, of each phase. */
  readonly firstFemtocoulombs: number;
  readonly secondFemtocoulombs: number;
  /** Largest voltage over the electrode. */
  readonly peakMillivolts: number;
  /** Whether the output stage ran out of voltage. */
  readonly isSaturated: boolean;
  /** Signed voltage of the electrode immediately before the pulse began: what earlier ones left. */
  readonly residualMillivolts: number;
  /** False: the device measures nothing of its pulses; the charges and voltages are 0 and mean nothing. */
  readonly isMeasured?: false;
  readonly limitsHash: LimitsHash;
  /** Host monotonic ns. */
  readonly receivedNs: number;
}

/** What ENABLE says. */
export interface EnableOrder {
  /** A safe integer above all that the device has seen, never used before: `freshSession(status, random)`. */
  readonly session: number;
  /** The output turns itself off unless a keep-alive renews it in this time. */
  readonly leaseMilliseconds: number;
  /** Of the limits in force; pulses carry it too. */
  readonly limitsHash: LimitsHash;
  /** With the output relay open: nothing reaches an electrode. */
  readonly isDry: boolean;
}

/** A pulse beyond this many unacknowledged ones is not sent. */
export const unacknowledgedPulsesMax = 8;

/** What is known of a device that stimulates. */
export type StimulatorIdentity = Omit<DeviceIdentity, 'kind'>;

/** Disposing ends the connection for control, and with it the device turns its output off. */
export interface DeviceWriter extends Omit<DeviceHalf, 'identity'>, WithCapability<CapabilityClass> {
  readonly identity: StimulatorIdentity;
  /** The newest status that was received; the first one comes with the connection. */
  readonly status: DeviceStatus;
  /**
   * Turns the output on for a new session. Accepted when the answer has `isOutputOn` and this session; otherwise
   * `enableOutcome` says why not.
   * @throws Error when the connection ends before the answer, or the order arrives damaged
   */
  enable(order: EnableOrder): Promise<HeardStatus>;
  /**
   * What must be done before a pulse on an electrode is asked for and takes longer than a permit lives; absent: nothing.
   * @throws Error with what stands against the pulse
   */
  ready?(electrode: number): Promise<void>;
  /** Writes at once. Every pulse is answered by `onAcknowledgement`, never before this returns. */
  pulse(command: PulseCommand): void;
  /** Output off and the session burned, in every state. Complete when `onStatus` confirms both. */
  stop(): void;
  /** What the device is and measures now; answered only while its output is off. @throws Error when it does not answer, or says no */
  selfTest(): Promise<SelfTestReport>;
  /**
   * Sets how the device acquires, reads it back and compares; only while its output is off, and before a reader is connected.
   * @throws Error naming what the device has not set as it was asked to, or saying why it has not answered
   */
  configure(settings: AcquisitionSettings): Promise<DeviceConfiguration>;
  /** Sets the digital outputs, a bit for each, and reads them back. @throws Error when they are not as they were asked to be */
  setDigitalOutputs(digitalOutputs: number): Promise<DeviceConfiguration>;
  readonly onAcknowledgement: Event<Acknowledgement>;
  readonly onStatus: Event<HeardStatus>;
  /** For tests: only a virtual rig can do this, a device rejects it. */
  injectFault(fault: VirtualFaultRequest): void;
}

export interface DeviceKeepAlive extends DeviceHalf {
  /** Lets the output of `session` stay on for another lease from now; turns nothing on. */
  renew(session: number): void;
  /** Output off and the session burned. @param session the armed one; without it, the newest that the device has reported */
  stop(session?: number): void;
  readonly onStatus: Event<HeardStatus>;
}
