// Serial ports behind which a stimulator may be, and what can go wrong with one; in the main process, the serial-port thread and the program that drives one.

export const serialProtocols = ['pulse-pal-2', 'stimjim'] as const;
export type SerialProtocol = (typeof serialProtocols)[number];

/** A port whose USB numbers a stimulator has. Boards of the same make have them too: who is there is asked when it is opened. */
export interface SerialStimulatorPort {
  readonly path: string;
  /** Undefined: the board has none, or the system shows none. */
  readonly serialNumber?: string;
  readonly vendorId: number;
  readonly productId: number;
  /** What may be spoken there. */
  readonly protocol: SerialProtocol;
}

export const serialFaultCodes = [
  /** No stimulator, or none with this serial number, is connected. */
  'not-found',
  /** Several have the same serial number: nothing tells them apart. */
  'ambiguous-identity',
  /** Serial ports cannot be used on this system. */
  'unsupported',
  /** The system has not listed its ports. */
  'enumeration-failed',
  /** The system refuses to open it. */
  'open-failed',
  /** The port is gone: as a rule the plug is out. */
  'unplugged',
  'write-failed',
  /** Nothing came back in time. */
  'no-answer',
  /** An answer began and did not end in time. */
  'half-answer',
  /** An answer that the device's firmware never gives. */
  'answer-not-understood',
  /** Bytes that nothing was asked for: what comes next belongs to no question. */
  'unexpected-bytes',
  /** Something else is connected, or its firmware is not the one whose source was read. */
  'wrong-device',
  /** The device says of itself that it is broken. */
  'device-unfit',
  /** Read back, a parameter is another one than was sent. */
  'setting-not-taken',
  /** The device has measured another pulse than was prepared. */
  'delivered-otherwise',
  /** The device says that it gave no pulse. */
  'not-delivered',
  /** It was stopped from here. */
  'stopped',
] as const;
export type SerialFaultCode = (typeof serialFaultCodes)[number];

/** The line to a stimulator has ended, or there is none. */
export interface SerialFault {
  readonly code: SerialFaultCode;
  /** What happened and what to do, for people. */
  readonly message: string;
}
