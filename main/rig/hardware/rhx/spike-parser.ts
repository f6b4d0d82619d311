// Finds the records in RHX's spike stream; pure, runs in the RHX reader thread.

const magic = 0x3ae2710f;
const recordBytes = 14;
const ids: ReadonlySet<number> = new Set([1, 2, 4, 8, 0x40, 0x80]);
const restartBelow = 65_536;

export interface RhxSpike {
  /** Native name, such as A-007. */
  readonly channel: string;
  /** First sample of the high band below the threshold, since the run began. */
  readonly sample: number;
  /** 1, 2, 4, 8: unit 1 to 4; 0x40 unclassified; 0x80 likely artefact. */
  readonly id: number;
}

export class SpikeParser {
  readonly #channels: ReadonlySet<string>;
  readonly #onSpike: (spike: RhxSpike) => void;
  #bytes = new Uint8Array(65_536);
  readonly #view = new DataView(this.#bytes.buffer);
  #from = 0;
  #to = 0;
  #newest = 0;
  #skipped = 0;

  /** @param channels that may spike; a record of another one is damage */
  constructor(channels: Iterable<string>, onSpike: (spike: RhxSpike) => void) {
    this.#channels = new Set(channels);
    this.#onSpike = onSpike;
  }

  /** Bytes that belonged to no record. */
  get skippedBytes(): number {
    return this.#skipped;
  }

  beginRun(): void {
    this.#newest = 0;
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + this.#bytes.length / 2);
      this.#bytes.copyWithin(0, this.#from, this.#to);
      this.#to -= this.#from;
      this.#from = 0;
      this.#bytes.set(part, this.#to);
      this.#to += part.length;
      at += part.length;
      this.#parse(false);
    }
  }

  /** The stream rests: a record that ends there is whole, though no magic follows yet. */
  settle(): void {
    this.#parse(true);
  }

  #parse(isAtRest: boolean): void {
    for (;;) {
      const left = this.#to - this.#from;
      if (left < 4) return;
      if (this.#view.getUint32(this.#from, true) !== magic) {
        this.#skip();
        continue;
      }
      if (left < recordBytes + 4 && !(isAtRest && left === recordBytes)) return;
      const isConfirmed = left === recordBytes || this.#view.getUint32(this.#from + recordBytes, true) === magic;
      const spike = isConfirmed ? this.#read() : undefined;
      if (spike === undefined) {
        this.#skip();
        continue;
      }
      this.#newest = spike.sample;
      this.#from += recordBytes;
      this.#onSpike(spike);
    }
  }

  #skip(): void {
    this.#from++;
    this.#skipped++;
  }

  #read(): RhxSpike | undefined {
    const at = this.#from;
    const channel = String.fromCharCode(...this.#bytes.subarray(at + 4, at + 9));
    const sample = this.#view.getUint32(at + 9, true);
    const id = this.#bytes[at + 13]!;
    // Records come in the order of time; after a wrap or at a new run they begin anew.
    const isInOrder = sample >= this.#newest || sample < restartBelow;
    return isInOrder && ids.has(id) && this.#channels.has(channel) ? { channel, sample, id } : undefined;
  }
}
