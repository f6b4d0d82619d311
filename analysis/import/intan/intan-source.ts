// What each layout of Intan's files offers to their one reader; analysis process.

/** Words that become events. Stimulator: one for each amplifier channel; digital: one with all lines. */
export type EventWords = 'stimulator' | 'digitalIn' | 'digitalOut';

export interface IntanSource {
  readonly sampleCount: number;
  readonly files: readonly string[];
  /** Which words are there. */
  readonly eventWords: readonly EventWords[];
  /** @returns samples × amplifier channels, offset removed. */
  amplifier(firstSample: number, count: number): Promise<Int16Array>;
  /** @returns samples × words. */
  words(kind: EventWords, firstSample: number, count: number): Promise<Uint16Array>;
  /** The controller's count of samples. */
  times(firstSample: number, count: number): Promise<Int32Array>;
  dispose(): Promise<void>;
}
