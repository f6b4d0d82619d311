// Reads samples of a plain file as its description says; analysis process.
import type { PlainRecording } from '../../../common/experiment/plain-recording.ts';
import { badFile } from '../bad-file.ts';
import { InterleavedSamples } from '../interleaved-samples.ts';
import type { RecordingEvent, RecordingReader, SourceChannel } from '../recording-reader.ts';
import type { SourceFile } from '../source-file.ts';

const unsignedZero = 0x8000;

export class PlainReader implements RecordingReader {
  readonly format = 'plain samples';
  readonly mayHaveSlips = true;
  readonly sampleRateHz: number;
  readonly channels: readonly SourceChannel[];
  readonly sampleCount: number;
  readonly sampleType: 'int16' | 'real';
  readonly startedAt: string | undefined;
  readonly files: readonly string[];
  readonly notes: string[] = [];
  readonly #file: SourceFile;
  readonly #samples: InterleavedSamples;
  readonly #kind: PlainRecording['sampleType'];

  /** @throws AnalysisFailure when the file holds fewer samples than are announced, or none. */
  constructor(sidecar: string, file: SourceFile, described: PlainRecording) {
    const { channels, sampleType, headerBytes = 0, sampleCount, channelNames, microvoltsPerBit } = described;
    this.#file = file;
    this.#kind = sampleType;
    const wordsPerValue = sampleType === 'float32le' ? 2 : 1;
    this.#samples = new InterleavedSamples(file, channels * wordsPerValue, headerBytes, this.notes);
    const held = this.#samples.sampleCount;
    if (sampleCount !== undefined && sampleCount > held)
      throw badFile(
        sidecar,
        'key sampleCount',
        `${sampleCount} samples are announced, and ${file.path} holds ${held}`,
        'Copy the sample file again; if that is all there is, correct sampleCount.',
      );
    this.sampleCount = sampleCount ?? held;
    if (this.sampleCount < held)
      this.notes.push(
        `${file.path} holds ${held - this.sampleCount} samples more than are announced; they were left out.`,
      );
    this.sampleType = sampleType === 'float32le' ? 'real' : 'int16';
    this.sampleRateHz = described.sampleRateHz;
    this.startedAt = described.startedAt;
    this.files = [file.path, sidecar];
    this.channels = Array.from({ length: channels }, (_, channel) => ({
      name: channelNames?.[channel] ?? String(channel),
      microvoltsPerBit,
    }));
  }

  async read(firstSample: number, count: number): Promise<Int16Array | Float64Array> {
    const words = await this.#samples.read(firstSample, count, this.#kind === 'int16be');
    if (this.#kind === 'float32le') return Float64Array.from(new Float32Array(words.buffer));
    // Whether the upper bit is set is the only difference between the two kinds of 16 bits.
    if (this.#kind === 'uint16le') for (let index = 0; index < words.length; index++) words[index]! ^= unsignedZero;
    return words;
  }

  async *events(): AsyncGenerator<RecordingEvent> {
    // Plain samples come without events.
  }

  dispose(): Promise<void> {
    return this.#file.close();
  }
}
