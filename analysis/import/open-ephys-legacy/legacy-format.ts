// Imports recordings in the older Open Ephys format: a folder with one .continuous file for each channel; analysis process.
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { badFile, chooseStream } from '../bad-file.ts';
import { CountCheck } from '../count-check.ts';
import type { ImportFormat, RecordingEvent, RecordingReader, SourceChannel } from '../recording-reader.ts';
import { checkExtent } from '../source-limits.ts';
import { ContinuousFile, samplesPerRecord } from './continuous-file.ts';
import { findLegacyEvents, readEdges, readMessages, startedAt } from './legacy-events.ts';

/** "100_example-data_CH1.continuous", and "…_2" behind the channel for a second start of the program's acquisition. */
const fileName = /^(.*?)_([A-Za-z]+)(\d+)((?:_\d+)?)\.continuous$/;
/** Analogue and auxiliary inputs are no electrodes. */
const isElectrode = (kind: string) => !/^(ADC|AUX)$/i.test(kind);

interface LegacyStream {
  prefix: string;
  name: string;
  /** In the order of channel numbers. */
  files: string[];
  others: number;
}

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

async function findStreams(folder: string): Promise<LegacyStream[]> {
  const streams = new Map<string, LegacyStream & { numbered: { number: number; file: string }[] }>();
  for (const name of await readdir(folder)) {
    const [, prefix, kind, number, again] = fileName.exec(name) ?? [];
    if (prefix === undefined || kind === undefined) continue;
    const key = `${prefix}${again ?? ''}`;
    const stream = streams.get(key) ?? { prefix, name: key, files: [], others: 0, numbered: [] };
    streams.set(key, stream);
    if (isElectrode(kind)) stream.numbered.push({ number: Number(number), file: join(folder, name) });
    else stream.others++;
  }
  for (const stream of streams.values())
    stream.files = stream.numbered.sort((a, b) => a.number - b.number).map(({ file }) => file);
  return [...streams.values()].filter(({ files }) => files.length > 0).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** How many samples all channels hold, without the zeros with which the program fills its last record. */
async function measure(
  channels: readonly ContinuousFile[],
  notes: string[],
): Promise<{ sampleCount: number; firstNumber: number }> {
  const records = Math.min(...channels.map((each) => each.records));
  const most = Math.max(...channels.map((each) => each.records));
  if (most > records)
    notes.push(`The channels hold ${records} to ${most} records: what not all of them hold was dropped.`);
  const cut = channels.filter(({ rest }) => rest > 0);
  if (cut.length > 0)
    notes.push(
      `${cut[0]?.path ?? ''}${cut.length > 1 ? ` and ${cut.length - 1} more files` : ''} end in the middle of a record: the last ${cut[0]?.rest ?? 0} bytes were dropped.`,
    );
  let firstNumber = 0;
  let padded = samplesPerRecord;
  for (const [channel, file] of channels.entries()) {
    if (channel === 0) firstNumber = (await file.read(0, 1)).numbers[0] ?? 0;
    const { samples } = await file.read(records - 1, 1);
    padded = Math.min(padded, samplesPerRecord - 1 - samples.findLastIndex((sample) => sample !== 0));
  }
  // A record of zeros alone was recorded so: the program begins none without a sample.
  if (padded === samplesPerRecord) padded = 0;
  if (padded > 0) notes.push(`${padded} samples that are 0 in all channels fill the last record, and were dropped.`);
  return { sampleCount: records * samplesPerRecord - padded, firstNumber };
}

function checkAlike(channels: readonly ContinuousFile[]): void {
  const [first] = channels;
  for (const { path, sampleRateHz } of channels)
    if (sampleRateHz !== first?.sampleRateHz)
      throw badFile(
        path,
        'in its header',
        `header.sampleRate is ${sampleRateHz}, and ${first?.sampleRateHz} in ${first?.path}`,
      );
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
      const extent = await measure(channels, notes);
      const events = await findLegacyEvents(folder, stream.prefix);
      return new OpenEphysLegacyReader(channels, extent, events, await startedAt(events.messages), notes);
    } catch (error) {
      for (const file of channels) await file.close();
      throw error;
    }
  },
};
