// How a source that is asked beside its samples says it is: for the page; used in every process.

/** A finding with what a person has to do. */
export interface SourceProblem {
  /** For programs. */
  readonly code: string;
  readonly title: string;
  /** What happened, with numbers. */
  readonly message: string;
  /** Which clicks cure it. */
  readonly toDo: string;
}

export interface SourceHealth {
  /** Samples per second by this computer's clock; undefined in the first seconds. */
  readonly sampleRateHz?: number;
  /** How far the device is ahead of what has arrived, when it was last asked. */
  readonly lagMilliseconds: number;
  /** Since acquisition began. */
  readonly longestLagMilliseconds: number;
  /** Samples per channel that arrived and were dropped here, because this program was too slow. */
  readonly droppedSamples: number;
  /** From a question to its answer; undefined before the first. */
  readonly answerMilliseconds?: number;
  /** What is wrong now. */
  readonly problems: readonly SourceProblem[];
}
