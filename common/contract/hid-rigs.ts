// HID rigs that are connected, and what can go wrong with one below its messages; in the main process and in the HID, rig and watchdog threads.

/** A rig that is connected. */
export interface HidRig {
  readonly path: string;
  /** Undefined: its maker has given it none, or the system shows none. */
  readonly serialNumber?: string;
  /** Its name for itself. */
  readonly product: string;
  readonly vendorId: number;
  readonly productId: number;
  /** Length of its reports. */
  readonly reportBytes: number;
}

export const hidFaultCodes = [
  /** No rig, or none with this serial number, is connected. */
  'not-found',
  /** Several have the same serial number: nothing tells them apart. */
  'ambiguous-identity',
  /** HID devices cannot be used on this system. */
  'unsupported',
  /** The system has not listed its devices, or opened one, in time. */
  'enumeration-stalled',
  /** The system refuses to open it. */
  'open-failed',
  /** Reading failed: as a rule the plug is out. */
  'unplugged',
  /** The system has not taken a report in time. */
  'write-stalled',
  'write-failed',
  /** More frames wait to be written, or to be taken by the program, than a healthy line ever has. */
  'hand-over-full',
  /** More than three damaged reports within a second. */
  'damaged-reports',
  /** More reports than USB carries. */
  'flooded',
  /** The thread that reads and writes its reports ended by itself. */
  'thread-ended',
] as const;
export type HidFaultCode = (typeof hidFaultCodes)[number];

export interface HidFault {
  readonly code: HidFaultCode;
  /** What happened and what to do, for people. */
  readonly message: string;
}

/** Asks the HID thread which rigs are connected. Never while armed: listing HID devices can stall for seconds. */
export interface ListHidRigs {
  readonly kind: 'list';
}
export interface HidRigsListed {
  readonly kind: 'rigs';
  readonly rigs: readonly HidRig[];
}
/** The line to a rig has ended, or there is none. */
export interface HidLineEnded {
  readonly kind: 'fault';
  readonly fault: HidFault;
}
export interface EndHidThread {
  readonly kind: 'end';
}
