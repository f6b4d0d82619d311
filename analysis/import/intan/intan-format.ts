// Imports recordings of Intan's programs: .rhd and .rhs files, and folders with a file for each signal or channel; analysis process.
import { basename, dirname } from 'node:path';
import { CountCheck } from '../count-check.ts';
import type { ImportFormat, RecordingEvent, RecordingReader, SourceChannel } from '../recording-reader.ts';
import { SourceFile } from '../source-file.ts';
import { checkExtent } from '../source-limits.ts';
import { BlockSource } from './block-source.ts';
import { FolderSource } from './folder-source.ts';
import { intanEvents } from './intan-events.ts';
import { intanKind, readIntanHeader, type IntanHeader } from './intan-header.ts';
import type { IntanSource } from './intan-source.ts';

const microvoltsPerBit = 0.195;
/** The controller notches the samples that it saves from this version on. */
const notchedFrom = 3;

class IntanReader implements RecordingReader {
  readonly format: string;
  readonly mayHaveSlips = false;
  readonly sampleType = 'int16';
  readonly sampleRateHz: number;
  readonly channels: readonly SourceChannel[];
  readonly sampleCount: number;
  readonly startedAt: string | undefined;
  readonly files: readonly string[];
  readonly notes: string[];
  readonly #header: IntanHeader;
  readonly #source: IntanSource;
  readonly #count: CountCheck;

  constructor(header: IntanHeader, source: IntanSource, notes: string[]) {
    this.#header = header;
    this.#source = source;
    this.format = `Intan ${header.kind.toUpperCase()} ${header.version}`;
    this.sampleRateHz = header.sampleRateHz;
    this.channels = header.channels.amplifier.map(({ name }) => ({ name, microvoltsPerBit }));
    this.sampleCount = source.sampleCount;
    this.startedAt = startOf(header.file);
    this.files = source.files;
    this.notes = notes;
    this.#count = new CountCheck(notes, true);
  }

  async read(firstSample: number, count: number): Promise<Int16Array> {
    if (this.#count.isNext(firstSample)) this.#count.add(await this.#source.times(firstSample, count));
    return this.#source.amplifier(firstSample, count);
  }

  events(): AsyncIterable<RecordingEvent> {
    return intanEvents(this.#source, this.#header);
  }

  dispose(): Promise<void> {
    return this.#source.dispose();
  }
}

/** Intan's programs write the computer's date and time, without its zone, into the name of the file, or of its folder. */
function startOf(file: string): string | undefined {
  for (const name of [basename(file), basename(dirname(file))]) {
    const found = /_(\d\d)(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)(\.\w+)?$/.exec(name);
    if (found) return `20${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:${found[6]}`;
  }
  return undefined;
}

function headerNotes({ notes, channels, notchHz, isBefore, isDcSaved }: IntanHeader): string[] {
  const left = [
    ['auxiliary', channels.auxiliary.length],
    ['supply', channels.supply.length],
    ['ADC', channels.adc.length],
    ['DAC', channels.dac.length],
    ['DC amplifier', isDcSaved ? channels.amplifier.length : 0],
  ] as const;
  const leftOut = left.filter(([, count]) => count > 0).map(([name, count]) => `${count} ${name}`);
  return [
    ...notes.map((note) => `Note in the original: ${note}`),
    ...(leftOut.length === 0 ? [] : [`Channels that are no electrodes were left out: ${leftOut.join(', ')}.`]),
    ...(notchHz > 0 && !isBefore(notchedFrom, 0) ? [`A notch filter of ${notchHz} Hz is in the samples.`] : []),
  ];
}

export const intan: ImportFormat = {
  name: 'Intan RHD and RHS',
  hasMagic: (first) => intanKind(first) !== undefined,
  hasName: (fileName) => /\.rh[ds]$/i.test(fileName),
  async open(path) {
    const file = await SourceFile.open(path);
    try {
      const header = await readIntanHeader(file);
      checkExtent(path, header.sampleRateHz, header.channels.amplifier.length);
      const notes = headerNotes(header);
      // The header alone is called info: the samples lie beside it.
      const isFolder = header.bytes === file.bytes && /^info\.rh[ds]$/i.test(basename(path));
      const source = isFolder ? await FolderSource.open(file, header, notes) : new BlockSource(file, header, notes);
      return new IntanReader(header, source, notes);
    } catch (error) {
      await file.close();
      throw error;
    }
  },
};
