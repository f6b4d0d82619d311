// What a serial stimulator of one make must answer for, so that all of them are driven by one class; runs in the main thread of a program of its own.
import type { ExactPulse, PulseRange } from './exact-pulse.ts';
import type { SerialLine } from './serial-line.ts';

/** What the device has said about a pulse. */
export interface PulseReport {
  /** Current of each phase in the order of time, as the device has measured it; undefined: it measures nothing. */
  readonly measuredMicroamps: readonly [number, number] | undefined;
}

export interface StimulatorProtocol {
  /** For people. */
  readonly name: string;
  /** That is spoken to, and no other. */
  readonly firmware: string;
  readonly range: PulseRange;
  /** Written whenever the line ends: ends all stimulation at once. */
  readonly stop: Uint8Array;
  /** Asks who is there. @throws SerialError when it is another device, or one that is not fit */
  identify(line: SerialLine): Promise<void>;
  /** Ends what runs, takes away what could start a pulse without this program, and prepares nothing. */
  clear(line: SerialLine): Promise<void>;
  /** @param prepared all pulses, one for each channel at most */
  upload(line: SerialLine, prepared: readonly ExactPulse[]): Promise<void>;
  /** Reads all parameters back. @returns what differs from `prepared`, for people; undefined: nothing */
  difference(line: SerialLine, prepared: readonly ExactPulse[]): Promise<string | undefined>;
  /** Takes away what somebody may have turned on at the device since and what no read-back shows; short, for a pulse waits for it. */
  settle(line: SerialLine, pulse: ExactPulse): Promise<void>;
  /** Fires a prepared pulse: writes its trigger before it returns. @returns what the device says of it @throws SerialError when it says that something else was given */
  fire(line: SerialLine, pulse: ExactPulse): Promise<PulseReport>;
}
