// How the clocks of a stimulator and of the source beside it are aligned, and when they count as aligned; used in every process.

/** Bounds of the fit; beyond one of them nothing is armed, and what is armed is disarmed. */
export const clockSyncBounds = {
  /** Pulses that both have told of. */
  pulsesLeast: 8,
  /** Of the pulses that the board gave, the part that the source has seen where it had to. */
  seenLeastPercent: 60,
  /** Root mean square distance of those pulses from the line. */
  residualMaxMicroseconds: 1000,
  /** Since the newest pulse that both have told of. */
  ageMaxSeconds: 5,
  /** The two clocks run alike to this. */
  driftMaxPartsPerMillion: 500,
} as const;

/** A straight line between two clocks: source time − board time = offset + drift × (board time − `atMicroseconds`). */
export interface ClockSyncFit {
  /** Device time of the board, in the middle of the pulses. */
  readonly atMicroseconds: number;
  /** Time by the source's samples, at its nominal rate, less the board's. */
  readonly offsetMicroseconds: number;
  readonly driftPartsPerMillion: number;
  /** Root mean square, and the largest, of the pulses that count. */
  readonly residualMicroseconds: number;
  readonly largestResidualMicroseconds: number;
  /** Pulses that count. */
  readonly pulses: number;
  /** Pulses of the same time that the source has not seen where they had to be. */
  readonly unseen: number;
}

export interface ClockSyncStatus {
  readonly isAligned: boolean;
  /** Why the clocks do not count as aligned, a sentence; absent: they do. */
  readonly problem?: string;
  readonly fit?: ClockSyncFit;
  /** Since the newest pulse that counts; absent before the first. */
  readonly ageSeconds?: number;
}
