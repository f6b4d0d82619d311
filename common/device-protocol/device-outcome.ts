// What a device may answer to a command, with the code of each answer on the wire; used in every process that meets a device.

/** Order is on the wire: new outcomes are added at the end. */
export const deviceOutcomes = [
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

/**
 * What became of a pulse, as the journal numbers it: the device's answers, then the driver's own when it could not send.
 * The numbers are on disk: an outcome that a later device adds is written behind these two.
 */
export const pulseOutcomes = [...deviceOutcomes, 'too-many-unacknowledged', 'disconnected'] as const;
export type PulseOutcome = (typeof pulseOutcomes)[number];

export type DeviceOutcome = (typeof deviceOutcomes)[number];
export type DeviceRefusalCode = Exclude<DeviceOutcome, 'delivered'>;
