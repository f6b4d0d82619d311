// Imports recordings in the binary format of Open Ephys; analysis process.
import { dirname, join } from 'node:path';
import { InterleavedSamples, pickColumns } from '../interleaved-samples.ts';
import type { ImportFormat, RecordingEvent, RecordingReader, SourceChannel } from '../recording-reader.ts';
import { isFile, readSmallText, SourceFile } from '../source-file.ts';
import { checkExtent } from '../source-limits.ts';
import { findEventFiles, readEvents, sampleNumbersFile } from './binary-events.ts';
import { NpyColumn } from './npy-column.ts';
import { SampleNumbers } from './sample-numbers.ts';
import { readStructure, type BinaryStructure } from './structure.ts';

const structureName = 'structure.oebin';

class OpenEphysBinaryReader implements RecordingReader {
  readonly format: string;
  readonly mayHaveSlips = true;
  readonly sampleType = 'int16';
  readonly sampleRateHz: number;
  readonly channels: readonly SourceChannel[];
  readonly sampleCount: number;
  readonly startedAt: string | undefined;
  readonly files: string[];
  readonly notes: string[];
  readonly #structure: BinaryStructure;
  readonly #file: SourceFile;
  readonly #samples: InterleavedSamples;
  readonly #numbers: SampleNumbers;
  readonly #eventFiles: Awaited<ReturnType<typeof findEventFiles>>;

  constructor(
    structure: BinaryStructure,
    file: SourceFile,
    numbers: SampleNumbers,
    eventFiles: Awaited<ReturnType<typeof findEventFiles>>,
    startedAt: string | undefined,
  ) {
    this.format = `Open Ephys binary ${structure.version}`.trim();
    this.#structure = structure;
    this.#file = file;
    this.#numbers = numbers;
    this.#eventFiles = eventFiles;
    this.notes = structure.notes;
    this.#samples = new InterleavedSamples(file, structure.words, 0, this.notes);
    this.sampleCount = this.#samples.sampleCount;
    this.sampleRateHz = structure.sampleRateHz;
    this.channels = structure.channels;
    this.startedAt = startedAt;
    this.files = [
      structure.file,
      file.path,
      ...numbers.files,
      ...eventFiles.flatMap(({ numbers: places, values }) => [places, values]),
    ];
  }

  async read(firstSample: number, count: number): Promise<Int16Array> {
    await this.#numbers.check(firstSample, count);
    const words = await this.#samples.read(firstSample, count);
    return pickColumns(words, this.#structure.words, this.#structure.columns);
  }

  async *events(): AsyncGenerator<RecordingEvent> {
    yield* readEvents(this.#eventFiles, (number) => this.#numbers.sampleOf(number), this.notes);
  }

  async dispose(): Promise<void> {
    await this.#numbers.dispose();
    await this.#file.close();
  }
}

/** What sync_messages.txt says: when the computer began, and the number of the stream's first sample. */
async function readSyncMessages(
  folder: string,
  streamName: string,
): Promise<{ startedAt?: string; firstNumber?: number }> {
  const file = join(folder, 'sync_messages.txt');
  if (!(await isFile(file))) return {};
  const text = await readSmallText(file);
  const milliseconds = Number(
    /^Software Time \(milliseconds since midnight Jan 1st 1970 UTC\): (\d{1,15})/m.exec(text)?.[1],
  );
  const line = text
    .split('\n')
    .find((each) => each.startsWith('Start Time for ') && each.includes(`- ${streamName} @`));
  const firstNumber = Number(/: (-?\d{1,15})\s*$/.exec(line ?? '')?.[1]);
  return {
    ...(milliseconds > 0 && milliseconds < 8.64e15 ? { startedAt: new Date(milliseconds).toISOString() } : {}),
    ...(Number.isFinite(firstNumber) ? { firstNumber } : {}),
  };
}

export const openEphysBinary: ImportFormat = {
  name: 'Open Ephys binary',
  hasMagic: () => false,
  hasName: (fileName) => fileName === structureName,
  async open(path, stream) {
    const structure = await readStructure(path, stream);
    checkExtent(path, structure.sampleRateHz, structure.channels.length);
    const eventFiles = await findEventFiles(structure, structure.notes);
    const { startedAt, firstNumber } = await readSyncMessages(dirname(path), structure.streamName);
    const numbersFile = await sampleNumbersFile(structure.continuousFolder);
    const column = numbersFile === undefined ? undefined : await NpyColumn.open(numbersFile, structure.notes);
    let file: SourceFile | undefined;
    try {
      file = await SourceFile.open(join(structure.continuousFolder, 'continuous.dat'));
      const numbers = await SampleNumbers.begin(column, firstNumber, structure.notes);
      return new OpenEphysBinaryReader(structure, file, numbers, eventFiles, startedAt);
    } catch (error) {
      await column?.close();
      await file?.close();
      throw error;
    }
  },
};
