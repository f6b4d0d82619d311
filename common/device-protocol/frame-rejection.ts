// Why a device executes nothing of a message; used in every process that meets a device.

/** Order is on the wire. */
export const frameRejections = [
  /** The checksum is wrong: damaged on the way. */
  'checksum',
  /** The body is too short, too long or holds a value that its field does not allow. */
  'unreadable',
  /** The role of the connection may not send this message. */
  'not-permitted',
  /** The tag is not that of a client with the token. */
  'forged',
  /** A self-test while the output is on. */
  'not-now',
] as const;
export type FrameRejection = (typeof frameRejections)[number];
