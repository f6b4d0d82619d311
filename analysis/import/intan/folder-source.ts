// Intan's layouts with a file for each kind of signal, or for each channel; analysis process.
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assert } from '../../../common/base/assert.ts';
import { badFile } from '../bad-file.ts';
import { InterleavedSamples, pickColumns } from '../interleaved-samples.ts';
import { isFile, SourceFile } from '../source-file.ts';
import type { IntanHeader } from './intan-header.ts';
import type { EventWords, IntanSource } from './intan-source.ts';

/** Some of the words of each sample of a file. */
interface Columns {
  samples: InterleavedSamples;
  /** Words of one sample in the file. */
  perSample: number;
  wanted: readonly number[];
}

/** A file of an interrupted recording may be shorter than the time stamps, by a buffer. */
const widthTolerance = 0.1;

const wordFiles: Readonly<Record<EventWords, string>> = {
  stimulator: 'stim.dat',
  digitalIn: 'digitalin.dat',
  digitalOut: 'digitalout.dat',
};

export class FolderSource implements IntanSource {
  readonly sampleCount: number;
  readonly files: readonly string[];
  readonly #opened: readonly SourceFile[];
  readonly #times: Columns;
  readonly #amplifier: readonly Columns[];
  readonly #words: Readonly<Partial<Record<EventWords, Columns>>>;

  private constructor(
    opened: readonly SourceFile[],
    times: Columns,
    amplifier: readonly Columns[],
    words: Partial<Record<EventWords, Columns>>,
    notes: string[],
  ) {
    this.#opened = opened;
    this.files = opened.map(({ path }) => path);
    this.#times = times;
    this.#amplifier = amplifier;
    this.#words = words;
    const lengths = [times, ...amplifier, ...Object.values(words)].map(({ samples }) => samples.sampleCount);
    this.sampleCount = Math.min(...lengths);
    const longest = Math.max(...lengths);
    if (longest > this.sampleCount)
      notes.push(
        `The files hold ${this.sampleCount} to ${longest} samples, as when the program that recorded was ended: what not all of them hold was dropped.`,
      );
  }

  /** @param info the file with the header. @throws AnalysisFailure when files are missing or too short. */
  static async open(info: SourceFile, header: IntanHeader, notes: string[]): Promise<FolderSource> {
    const folder = dirname(info.path);
    const opened: SourceFile[] = [info];
    const open = async (name: string) => {
      const file = await SourceFile.open(join(folder, name));
      opened.push(file);
      return file;
    };
    const single = (file: SourceFile): Columns => ({
      samples: new InterleavedSamples(file, 1, 0, notes),
      perSample: 1,
      wanted: [0],
    });
    const { amplifier } = header.channels;
    try {
      const timeFile = await open('time.dat');
      const times = { samples: new InterleavedSamples(timeFile, 2, 0, notes), perSample: 2, wanted: [0, 1] };
      const words: Partial<Record<EventWords, Columns>> = {};
      if (!(await isFile(join(folder, 'amplifier.dat')))) {
        const perChannel: Columns[] = [];
        for (const { nativeName } of amplifier) perChannel.push(single(await open(`amp-${nativeName}.dat`)));
        if ((await readdir(folder)).some((name) => /^(stim|board-DIGITAL)-/.test(name)))
          notes.push('Stimuli and digital lines in files of their own (stim-…, board-DIGITAL-…) were left out.');
        return new FolderSource(opened, times, perChannel, words, notes);
      }
      const file = await open('amplifier.dat');
      const perSample = wordsPerSample(file, times.samples.sampleCount, header);
      const wanted = amplifier.map((_, column) => column);
      const all = { samples: new InterleavedSamples(file, perSample, 0, notes), perSample, wanted };
      if (perSample > wanted.length)
        notes.push(`${perSample - wanted.length} auxiliary inputs in amplifier.dat were left out.`);
      for (const [kind, name] of Object.entries(wordFiles) as [EventWords, string][]) {
        if (!(await isFile(join(folder, name)))) continue;
        const columns = kind === 'stimulator' ? amplifier.length : 1;
        words[kind] = {
          samples: new InterleavedSamples(await open(name), columns, 0, notes),
          perSample: columns,
          wanted: Array.from({ length: columns }, (_, column) => column),
        };
      }
      return new FolderSource(opened, times, [all], words, notes);
    } catch (error) {
      for (const file of opened.slice(1)) await file.close();
      throw error;
    }
  }

  get eventWords(): EventWords[] {
    return (Object.keys(wordFiles) as EventWords[]).filter((kind) => this.#words[kind] !== undefined);
  }

  async amplifier(firstSample: number, count: number): Promise<Int16Array> {
    const [only, ...others] = this.#amplifier;
    assert(only, 'there is an amplifier channel');
    if (others.length === 0) return readColumns(only, firstSample, count);
    const width = this.#amplifier.length;
    const samples = new Int16Array(count * width);
    for (const [channel, columns] of this.#amplifier.entries()) {
      const read = await readColumns(columns, firstSample, count);
      for (let sample = 0; sample < count; sample++) samples[sample * width + channel] = read[sample]!;
    }
    return samples;
  }

  async words(kind: EventWords, firstSample: number, count: number): Promise<Uint16Array> {
    const columns = this.#words[kind];
    assert(columns, 'words are asked for where they are');
    return new Uint16Array((await readColumns(columns, firstSample, count)).buffer);
  }

  async times(firstSample: number, count: number): Promise<Int32Array> {
    return new Int32Array((await readColumns(this.#times, firstSample, count)).buffer);
  }

  async dispose(): Promise<void> {
    for (const file of this.#opened) await file.close();
  }
}

async function readColumns({ samples, perSample, wanted }: Columns, firstSample: number, count: number) {
  return pickColumns(await samples.read(firstSample, count), perSample, wanted);
}

/** The auxiliary inputs may stand behind the amplifiers of each sample: the length of the file tells. */
function wordsPerSample(file: SourceFile, sampleCount: number, { channels }: IntanHeader): number {
  const amplifiers = channels.amplifier.length;
  const withAuxiliary = amplifiers + channels.auxiliary.length;
  const found = file.bytes / 2 / sampleCount;
  const nearest = [amplifiers, withAuxiliary].find((width) => Math.abs(found - width) < widthTolerance);
  if (nearest !== undefined) return nearest;
  throw badFile(
    file.path,
    file.bytes,
    `the file ends here; for the ${sampleCount} samples of time.dat it holds ${found.toFixed(2)} words each, where ${amplifiers}${withAuxiliary > amplifiers ? ` or ${withAuxiliary}` : ''} belong`,
  );
}
