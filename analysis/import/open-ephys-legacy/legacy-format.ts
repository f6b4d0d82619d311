// Imports recordings in the older Open Ephys format: a folder with one .continuous file for each channel; analysis process.
import { dirname } from 'node:path';
import { badFile, chooseStream } from '../bad-file.ts';
import { CountCheck } from '../count-check.ts';
import type { ImportFormat, RecordingEvent, RecordingReader, SourceChannel } from '../recording-reader.ts';
import { checkExtent } from '../source-limits.ts';
import { ContinuousFile, samplesPerRecord } from './continuous-file.ts';
import { findLegacyEvents, readEdges, readMessages, startedAt } from './legacy-events.ts';
import { checkAlike, findStreams, measureStream } from './legacy-streams.ts';

class OpenEphysLegacyReader implements RecordingReader {
  readonly format: string;
  readonly mayHaveSlips = true;
  readonly sampleType = 'int16';
  readonly sampleRateHz: number;
  readonly channels: readonly SourceChannel[];
  readonly sampleCount: number;
  readonly startedAt: string | undefined;
  readonly files: readonly string[];
  readonly notes: string[];
  readonly #channels: readonly ContinuousFile[];
  readonly #events: { edges?: string; messages?: string };
  readonly #count: CountCheck;
  readonly #firstNumber: number;

  constructor(
    channels: readonly ContinuousFile[],
    extent: { sampleCount: number; firstNumber: number },
    events: { edges?: string; messages?: string },
    start: string | undefined,
    notes: string[],
  ) {
    const [first] = channels;
    this.format = `Open Ephys ${first?.version ?? ''}`.trim();
    this.sampleRateHz = first?.sampleRateHz ?? 0;
    this.channels = channels.map(({ channel, microvoltsPerBit }) => ({ name: channel, microvoltsPerBit }));
    this.sampleCount = extent.sampleCount;
    this.startedAt = start;
    this.files = [...channels.map(({ path }) => path), ...Object.values(events)];
    this.notes = notes;
    this.#channels = channels;
    this.#events = events;
    this.#count = new CountCheck(notes);
    this.#firstNumber = extent.firstNumber;
  }

  async read(firstSample: number, count: number): Promise<Int16Array> {
    const firstRecord = Math.floor(firstSample / samplesPerRecord);
    const records = Math.ceil((firstSample + count) / samplesPerRecord) - firstRecord;
    const skipped = firstSample - firstRecord * samplesPerRecord;
    const width = this.#channels.length;
    const samples = new Int16Array(count * width);
    let expected: readonly number[] | undefined;
    for (const [channel, file] of this.#channels.entries()) {
      const read = await file.read(firstRecord, records);
      const differs = expected?.findIndex((number, record) => number !== read.numbers[record]) ?? -1;
      if (differs >= 0)
        throw badFile(
          file.path,
          `record ${firstRecord + differs}`,
          `begins with sample ${read.numbers[differs]}, where that of other channels begins with ${expected?.[differs]}`,
        );
      expected ??= read.numbers;
      for (let sample = 0; sample < count; sample++)
        samples[sample * width + channel] = read.samples[skipped + sample]!;
    }
    this.#follow(firstSample, count, expected ?? [], skipped);
    return samples;
  }

  async *events(): AsyncGenerator<RecordingEvent> {
    const sampleOf = (number: number) => this.#count.sampleOf(number, this.#firstNumber);
    if (this.#events.edges !== undefined) yield* readEdges(this.#events.edges, sampleOf, this.notes);
    if (this.#events.messages !== undefined) yield* readMessages(this.#events.messages, sampleOf);
  }

  async dispose(): Promise<void> {
    for (const file of this.#channels) await file.close();
  }

  /** @param numbers of the records that hold the samples. */
  #follow(firstSample: number, count: number, numbers: readonly number[], skipped: number): void {
    if (!this.#count.isNext(firstSample)) return;
    for (const [record, number] of numbers.entries()) {
      const from = record === 0 ? skipped : 0;
      const to = Math.min(samplesPerRecord, skipped + count - record * samplesPerRecord);
      this.#count.addRun(number + from, to - from);
    }
  }
}

export const openEphysLegacy: ImportFormat = {
  name: 'Open Ephys',
  // Files of events and spikes begin in the same way, and are no recordings.
  hasMagic: () => false,
  hasName: (name) => name.endsWith('.continuous'),
  recordingOf: dirname,
  async open(folder, wanted) {
    const stream = chooseStream(folder, await findStreams(folder), ({ name }) => name, wanted);
    const channels: ContinuousFile[] = [];
    try {
      for (const file of stream.files) channels.push(await ContinuousFile.open(file));
      checkAlike(channels);
      checkExtent(stream.files[0] ?? folder, channels[0]?.sampleRateHz ?? 0, channels.length);
      const notes = stream.others === 0 ? [] : [`${stream.others} channels that are no electrodes were left out.`];
      const extent = await measureStream(channels, notes);
      const events = await findLegacyEvents(folder, stream.prefix);
      return new OpenEphysLegacyReader(channels, extent, events, await startedAt(events.messages), notes);
    } catch (error) {
      for (const file of channels) await file.close();
      throw error;
    }
  },
};
