// What every reader of another program's recordings offers to the importer; analysis process.

export interface SourceChannel {
  name: string;
  /** Microvolts of one unit of this channel's samples; not 0. */
  microvoltsPerBit: number;
}

/** Something that the recording marks. `sample` counts from the first imported sample; before it, it is negative. */
export type RecordingEvent = { sample: number } & (
  | { kind: 'line'; line: number; isHigh: boolean; stream?: string }
  | { kind: 'message'; text: string }
  | { kind: 'spike'; electrode: string; unit: number }
  /** The stimulator of a channel changed its state. `microamps` is the configured current; what is not named is off. */
  | {
      kind: 'stimulator';
      channel: string;
      microamps: number;
      isSettling?: true;
      isRecovering?: true;
      isAtComplianceLimit?: true;
    }
  /** One word is missing from the interleaved stream; from here on channels hold their neighbours' signals. */
  | { kind: 'channel-slip'; channel: string }
);

/** One recording. Readers hold nothing of its samples: memory does not grow with its length. */
export interface RecordingReader {
  /** Format with its version: "Intan RHD 3.3". */
  readonly format: string;
  /** As the original states it, 100 to 100,000. */
  readonly sampleRateHz: number;
  /** 1 to 4096. */
  readonly channels: readonly SourceChannel[];
  /** Whole samples of each channel, at least 1. */
  readonly sampleCount: number;
  /** 'int16': `read` gives 16-bit integers of the file as they are; 'real': numbers that need not be whole. */
  readonly sampleType: 'int16' | 'real';
  /** When the first sample was taken, ISO 8601; undefined where the file does not say. */
  readonly startedAt?: string | undefined;
  /** Every file that is read, that of the samples or of the header first. */
  readonly files: readonly string[];
  /** What a person should know: what was dropped, is missing or was chosen. Complete once `read` and `events` are. */
  readonly notes: readonly string[];
  /** Whether the format keeps all channels as one stream of words without marks, in which a lost word shifts channels. */
  readonly mayHaveSlips: boolean;

  /**
   * @returns `count` samples from `firstSample` on, sample-major (samples × channels), in units of each channel's bit.
   * @throws AnalysisFailure when the file cannot be read or is not what its header says.
   */
  read(firstSample: number, count: number): Promise<Int16Array | Float64Array>;

  /** Events in the order of the file; called when all samples have been read, which tells where some are missing. @throws AnalysisFailure as `read`. */
  events(): AsyncIterable<RecordingEvent>;

  dispose(): Promise<void>;
}

/** A kind of recording that can be imported. */
export interface ImportFormat {
  readonly name: string;
  /** Whether a file begins as this format does. @param first up to 64 bytes. */
  hasMagic(first: Uint8Array): boolean;
  /** Whether a file is called as the main file of this format is. */
  hasName(fileName: string): boolean;
  /** @returns what is opened for a file that is recognised: itself, or the folder of files that are one recording. */
  recordingOf?(file: string): string;
  /**
   * @param path what `recordingOf` gave
   * @param stream one of several in the recording, by name; without it the only one
   * @throws AnalysisFailure for everything that is wrong with the files.
   */
  open(path: string, stream: string | undefined): Promise<RecordingReader>;
}
