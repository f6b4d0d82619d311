// Imports recordings of SpikeGLX: a .bin file of interleaved samples and a .meta file that describes it; analysis process.
import { InterleavedSamples, pickColumns } from '../interleaved-samples.ts';
import type { ImportFormat, RecordingEvent, RecordingReader, SourceChannel } from '../recording-reader.ts';
import { SourceFile } from '../source-file.ts';
import { checkExtent } from '../source-limits.ts';
import { MetaFile } from './meta-file.ts';
import { savedChannels, type SavedChannel } from './saved-channels.ts';

const bitsOfWord = 16;
const windowValues = 262_144;

class SpikeGlxReader implements RecordingReader {
  readonly format: string;
  readonly mayHaveSlips = true;
  readonly sampleType = 'int16';
  readonly sampleRateHz: number;
  readonly channels: readonly SourceChannel[];
  readonly sampleCount: number;
  readonly startedAt: string | undefined;
  readonly files: readonly string[];
  readonly notes: string[] = [];
  readonly #file: SourceFile;
  readonly #samples: InterleavedSamples;
  readonly #saved: readonly SavedChannel[];
  readonly #columns: readonly number[];

  constructor(meta: MetaFile, file: SourceFile) {
    const { sampleRateHz, channels } = savedChannels(meta);
    this.format = `SpikeGLX ${meta.optional('appVersion') ?? ''}`.trim();
    this.sampleRateHz = sampleRateHz;
    this.#saved = channels;
    this.#columns = channels.flatMap(({ microvoltsPerBit }, column) =>
      microvoltsPerBit === undefined ? [] : [column],
    );
    this.channels = channels.flatMap(({ name, microvoltsPerBit }) =>
      microvoltsPerBit === undefined ? [] : [{ name, microvoltsPerBit }],
    );
    checkExtent(meta.path, sampleRateHz, this.channels.length);
    this.#file = file;
    this.#samples = new InterleavedSamples(file, channels.length, 0, this.notes);
    this.sampleCount = this.#samples.sampleCount;
    this.startedAt = meta.optional('fileCreateTime');
    this.files = [meta.path, file.path];
    this.#note(meta);
  }

  async read(firstSample: number, count: number): Promise<Int16Array> {
    return pickColumns(await this.#samples.read(firstSample, count), this.#saved.length, this.#columns);
  }

  /** Bits of the sync and digital words; what is on at the beginning changes at sample 0. */
  async *events(): AsyncGenerator<RecordingEvent> {
    const width = this.#saved.length;
    const bits = this.#saved.flatMap(({ name, microvoltsPerBit }, column) =>
      microvoltsPerBit === undefined ? [{ name, column, before: 0 }] : [],
    );
    const size = Math.max(1, Math.floor(windowValues / width));
    for (let first = 0; bits.length > 0 && first < this.sampleCount; first += size) {
      const count = Math.min(size, this.sampleCount - first);
      const words = await this.#samples.read(first, count);
      for (let sample = 0; sample < count; sample++) {
        for (const each of bits) {
          const word = words[sample * width + each.column]!;
          const changed = word ^ each.before;
          if (changed === 0) continue;
          each.before = word;
          for (let line = 0; line < bitsOfWord; line++)
            if ((changed & (1 << line)) !== 0)
              yield {
                sample: first + sample,
                kind: 'line',
                line,
                isHigh: (word & (1 << line)) !== 0,
                stream: each.name,
              };
        }
      }
    }
  }

  dispose(): Promise<void> {
    return this.#file.close();
  }

  #note(meta: MetaFile): void {
    const announced = meta.optional('fileSizeBytes');
    if (announced === undefined || announced.trim() === '')
      this.notes.push(
        `${meta.path} does not say how long the recording is, as when the program that recorded was ended; all whole samples are used.`,
      );
    else if (Number(announced) !== this.#file.bytes)
      this.notes.push(
        `${this.#file.path} has ${this.#file.bytes} bytes where ${meta.path} announces ${announced}; what is there is used.`,
      );
    const errors = meta.optional('imErrFlags_IS_CT_SR_LK_PP_SY');
    if (errors !== undefined && /[1-9]/.test(errors))
      this.notes.push(`The probe reported errors (count, serialiser, lock, pop, sync): ${errors.slice(0, 100)}.`);
    const userNotes = meta.optional('userNotes');
    if (userNotes !== undefined && userNotes !== '') this.notes.push(`Note in the original: ${userNotes}`);
  }
}

export const spikeGlx: ImportFormat = {
  name: 'SpikeGLX',
  hasMagic: () => false,
  hasName: (fileName) => /\.(ap|lf|nidq|obx)\.(meta|bin)$/.test(fileName),
  recordingOf: (file) => file.replace(/\.bin$/, '.meta'),
  async open(path) {
    const meta = await MetaFile.read(path);
    const file = await SourceFile.open(path.replace(/\.meta$/, '.bin'));
    try {
      return new SpikeGlxReader(meta, file);
    } catch (error) {
      await file.close();
      throw error;
    }
  },
};
