// A device at the other end of a serial line, emulated: what it is told, what it answers, and how it may misbehave. Tests play it.
import type { Event } from '../../../common/base/event.ts';

export interface VirtualSerialDevice {
  /** Bytes from the computer. */
  take(bytes: Uint8Array): void;
  /** Bytes to the computer. */
  readonly onBytes: Event<Uint8Array>;
}

/** Levels of an output and how long each lasts, in the device's own units. */
export type Waveform = readonly { readonly level: number; readonly duration: number }[];
