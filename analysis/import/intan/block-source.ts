// Intan's traditional file: the header, then blocks that hold all signals of some samples, channel after channel; analysis process.
import { assert } from '../../../common/base/assert.ts';
import { badFile } from '../bad-file.ts';
import type { SourceFile } from '../source-file.ts';
import type { IntanHeader } from './intan-header.ts';
import type { EventWords, IntanSource } from './intan-source.ts';

const bytesPerWord = 2;
const bytesPerTime = 4;
const zeroWord = 0x8000;

/** Where the parts of a block lie, in bytes from its beginning. */
interface BlockLayout {
  samples: number;
  bytes: number;
  amplifier: number;
  words: Readonly<Partial<Record<EventWords, { at: number; columns: number }>>>;
}

function layOut({ kind, isBefore, channels, isDcSaved, temperatureSensors }: IntanHeader): BlockLayout {
  const samples = kind === 'rhd' && isBefore(2, 0) ? 60 : 128;
  const { amplifier, auxiliary, supply, adc, dac, digitalIn, digitalOut } = channels;
  const plane = samples * bytesPerWord;
  const words: Partial<Record<EventWords, { at: number; columns: number }>> = {};
  let at = samples * bytesPerTime;
  const amplifierAt = at;
  at += amplifier.length * plane;
  if (kind === 'rhs') {
    if (isDcSaved) at += amplifier.length * plane;
    words.stimulator = { at, columns: amplifier.length };
    at += amplifier.length * plane;
  } else {
    at += auxiliary.length * (samples / 4) * bytesPerWord + (supply.length + temperatureSensors) * bytesPerWord;
  }
  at += (adc.length + dac.length) * plane;
  for (const [name, lines] of [
    ['digitalIn', digitalIn],
    ['digitalOut', digitalOut],
  ] as const) {
    if (lines.length === 0) continue;
    words[name] = { at, columns: 1 };
    at += plane;
  }
  return { samples, bytes: at, amplifier: amplifierAt, words };
}

export class BlockSource implements IntanSource {
  readonly sampleCount: number;
  readonly files: readonly string[];
  readonly eventWords: readonly EventWords[];
  readonly #file: SourceFile;
  readonly #layout: BlockLayout;
  readonly #from: number;
  readonly #amplifiers: number;
  readonly #block: Buffer<ArrayBuffer>;
  #blockIndex = -1;

  /** @throws AnalysisFailure when no whole block follows the header. */
  constructor(file: SourceFile, header: IntanHeader, notes: string[]) {
    this.#file = file;
    this.files = [file.path];
    this.#layout = layOut(header);
    this.#from = header.bytes;
    this.#amplifiers = header.channels.amplifier.length;
    this.eventWords = (['stimulator', 'digitalIn', 'digitalOut'] as const).filter((kind) => kind in this.#layout.words);
    const { bytes: blockBytes, samples } = this.#layout;
    const bytes = file.bytes - header.bytes;
    const blocks = Math.floor(bytes / blockBytes);
    if (blocks === 0)
      throw badFile(
        file.path,
        header.bytes,
        `no whole block of ${blockBytes} bytes follows the header, only ${bytes} bytes`,
      );
    const rest = bytes % blockBytes;
    if (rest > 0)
      notes.push(
        `${file.path} ends in the middle of a block: its last ${rest} of ${blockBytes} bytes, from byte ${file.bytes - rest} on, up to ${samples} samples, were dropped.`,
      );
    this.sampleCount = blocks * samples;
    this.#block = Buffer.alloc(blockBytes);
  }

  async amplifier(firstSample: number, count: number): Promise<Int16Array> {
    const samples = new Int16Array(count * this.#amplifiers);
    await this.#columns(this.#layout.amplifier, this.#amplifiers, firstSample, count, (to, word) => {
      samples[to] = word - zeroWord;
    });
    return samples;
  }

  async words(kind: EventWords, firstSample: number, count: number): Promise<Uint16Array> {
    const place = this.#layout.words[kind];
    assert(place, 'words are asked for where they are');
    const words = new Uint16Array(count * place.columns);
    await this.#columns(place.at, place.columns, firstSample, count, (to, word) => {
      words[to] = word;
    });
    return words;
  }

  async times(firstSample: number, count: number): Promise<Int32Array> {
    const times = new Int32Array(count);
    await this.#eachBlock(firstSample, count, (inBlock, from, to, samples) => {
      for (let index = 0; index < samples; index++)
        times[to + index] = inBlock.readInt32LE((from + index) * bytesPerTime);
    });
    return times;
  }

  dispose(): Promise<void> {
    return this.#file.close();
  }

  /** Gives each word of columns that lie one after the other in each block, with its place among samples × columns. */
  #columns(at: number, columns: number, firstSample: number, count: number, give: (to: number, word: number) => void) {
    const { samples: perBlock } = this.#layout;
    return this.#eachBlock(firstSample, count, (block, from, to, samples) => {
      for (let column = 0; column < columns; column++) {
        let byte = at + (column * perBlock + from) * bytesPerWord;
        for (let index = 0; index < samples; index++, byte += bytesPerWord)
          give((to + index) * columns + column, block.readUInt16LE(byte));
      }
    });
  }

  /** @param use gets a block, the first sample wanted of it, which of the wanted this is, and how many follow in this block. */
  async #eachBlock(
    firstSample: number,
    count: number,
    use: (block: Buffer, from: number, to: number, samples: number) => void,
  ): Promise<void> {
    const { samples: perBlock, bytes } = this.#layout;
    for (let done = 0; done < count;) {
      const index = Math.floor((firstSample + done) / perBlock);
      if (index !== this.#blockIndex) {
        this.#blockIndex = -1;
        await this.#file.readInto(this.#from + index * bytes, this.#block);
        this.#blockIndex = index;
      }
      const from = (firstSample + done) % perBlock;
      const samples = Math.min(perBlock - from, count - done);
      use(this.#block, from, done, samples);
      done += samples;
    }
  }
}
