// A device as the rig sees it: reading half (acquisition), writing half (stimulation) and keep-alive (watchdog thread).
import type { Disposable } from '../../../common/base/disposable.ts';
import type { Event } from '../../../common/base/event.ts';
import type { DeviceIdentity } from '../../../common/device-protocol/device-identity.ts';
import type { PulseOutcome } from '../../../common/device-protocol/device-outcome.ts';
import type { DeviceStatus } from '../../../common/device-protocol/device-status.ts';
import type { VirtualFaultRequest } from '../../../common/device-protocol/virtual-fault.ts';

/** What the device sent at once. A jump of `firstSample` means lost samples. */
export interface SampleBlock {
  /** Index of the first sample since the device began to acquire. */
  readonly firstSample: number;
  /** Samples per channel; below the identity's `samplesPerBlock` only in the last block of a recording. */
  readonly sampleCount: number;
  readonly channels: number;
  /** Sample-major, sampleCount × channels, in the identity's microvoltsPerBit. Valid until the listener returns. */
  readonly samples: Int16Array;
  /** Host monotonic ns when the newest sample was acquired. */
  readonly acquiredNs: number;
}

/** Why a connection to a device ended. Fires once and not after `dispose`. */
export interface DeviceClosed {
  /**
   * 'recording-ended': a recording that is not looped has been played to its end.
   * 'overrun': the rig read so slowly that the device's buffer was full.
   * 'protocol': one side sent what the other could not read.
   * 'disconnected': the socket closed.
   */
  readonly reason: 'recording-ended' | 'overrun' | 'protocol' | 'disconnected';
  /** What happened, for people. */
  readonly message: string;
}

export interface DeviceReader extends Disposable {
  readonly identity: DeviceIdentity;
  /** Begins acquisition at sample 0, or joins it where it is. */
  start(): void;
  /** Stepped pacing: asks for so many more blocks. Has no effect in real time. */
  requestBlocks(count: number): void;
  readonly onBlock: Event<SampleBlock>;
  readonly onClosed: Event<DeviceClosed>;
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

/** What became of a pulse. Sequence, electrode and amplitude are the device's echo, to be compared with the command. */
export interface Acknowledgement {
  readonly sequence: number;
  readonly outcome: PulseOutcome;
  /** Sample at which a delivered pulse begins; -1 when it was not delivered. */
  readonly sampleIndex: number;
  readonly electrode: number;
  readonly amplitudeNanoamps: number;
  /** Host monotonic ns. */
  readonly receivedNs: number;
}

/** A pulse beyond this many unacknowledged ones is not sent. */
export const unacknowledgedPulsesMax = 8;

/** Disposing ends the connection for control, and with it the device turns its output off. */
export interface DeviceWriter extends Disposable {
  readonly identity: DeviceIdentity;
  /** The newest status that was received; the first one comes with the connection. */
  readonly status: DeviceStatus;
  /**
   * Turns the output on for a new session. Accepted when the answer has `isOutputOn` and this session; otherwise
   * `enableOutcome` says why not.
   * @param session a safe integer above all that the device has seen, never used before: `freshSession(status, random)`
   * @param leaseMilliseconds the output turns itself off unless a keep-alive renews it in this time
   * @throws Error when the connection ends before the answer
   */
  enable(session: number, leaseMilliseconds: number): Promise<DeviceStatus>;
  /** Writes at once. Every pulse is answered by `onAcknowledgement`, never before this returns. */
  pulse(command: PulseCommand): void;
  /** Output off and the session burned, in every state. Complete when `onStatus` confirms both. */
  stop(): void;
  readonly onAcknowledgement: Event<Acknowledgement>;
  readonly onStatus: Event<DeviceStatus>;
  readonly onClosed: Event<DeviceClosed>;
  /** For tests: only a virtual rig can do this, a device refuses it by closing the connection. */
  injectFault(fault: VirtualFaultRequest): void;
}

export interface DeviceKeepAlive extends Disposable {
  readonly identity: DeviceIdentity;
  /** Lets the output of `session` stay on for another lease from now; turns nothing on. */
  renew(session: number): void;
  /** Output off and the session burned. @param session the armed one; without it, the newest that the device has reported */
  stop(session?: number): void;
  readonly onStatus: Event<DeviceStatus>;
  readonly onClosed: Event<DeviceClosed>;
}
