// What a device may answer to a command, with the code of each answer on the wire; used in every process that meets a device.

const firstDeviceOutcomes = [
  'delivered',
  /** The output is off: never enabled, stopped, or its lease lapsed. */
  'output-off',
  /** Another session than the current one. */
  'wrong-session',
  /** An ENABLE whose session number is not above every number that was current or burned before. */
  'session-burned',
  /** A sequence number that is not above the last one. */
  'replayed',
  'expired',
  'lease-too-long',
  'no-such-electrode',
  'unbalanced',
  'amplitude',
  'charge',
  'phase',
  'interphase',
  /** The electrode is still delivering the pulse before. */
  'busy',
  'rate',
  /** The device has no stimulator. */
  'cannot-stimulate',
  /** Refused for a test, by an injected fault. */
  'refused-on-request',
] as const;

/** Answers that later versions of the protocol have added. */
const laterDeviceOutcomes = [
  /** The hash of the limits is not that of the session. */
  'wrong-limits',
  /** The emergency stop is pressed. */
  'emergency-stop',
  'simultaneous',
  'total-rate',
] as const;

/** Order is on the wire. */
export const deviceOutcomes = [...firstDeviceOutcomes, ...laterDeviceOutcomes] as const;

/**
 * What became of a pulse, as the journal numbers it: the device's answers, the driver's own when it could not send, and the answers that
 * were added later. The numbers are on disk.
 */
export const pulseOutcomes = [
  ...firstDeviceOutcomes,
  'too-many-unacknowledged',
  'disconnected',
  ...laterDeviceOutcomes,
  /** Of a stimulator that holds prepared pulses: it holds none on this electrode, or another one. */
  'not-prepared',
  /** It could not be told to give the pulse; what it says is in the message of its end. */
  'not-triggered',
] as const;
export type PulseOutcome = (typeof pulseOutcomes)[number];

export type DeviceOutcome = (typeof deviceOutcomes)[number];
export type DeviceRefusalCode = Exclude<DeviceOutcome, 'delivered'>;
