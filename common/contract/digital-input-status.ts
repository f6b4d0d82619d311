// What pages see of a digital input that is recorded; used in every process.

export interface DigitalInputStatus {
  /** From 1. */
  line: number;
  name: string;
  /** Absent: the source has not told yet. */
  isHigh?: boolean;
  /** Since the source was connected. */
  changes: number;
}
