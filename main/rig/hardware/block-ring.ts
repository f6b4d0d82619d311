// A bounded ring of sample blocks in shared memory from a reader thread to the rig thread: a full one drops the newest, and counts.

/** What is shared; it can be posted to a thread. */
export interface BlockRingMemory {
  /** Of `counter`. */
  readonly counters: SharedArrayBuffer;
  /** Per slot, in the order of `head`. */
  readonly heads: SharedArrayBuffer;
  /** Per slot samplesPerBlock × words, sample-major. */
  readonly samples: SharedArrayBuffer;
  readonly words: number;
  readonly slots: number;
  readonly samplesPerBlock: number;
}

/** 32-bit words that wrap; only their differences count. */
const counter = { written: 0, taken: 1, dropped: 2, isAwaited: 3 } as const;

/** What is said of a block beside its words. */
const head = { firstSample: 0, receivedNs: 1, gapAt: 2, gapSamples: 3, count: 4 } as const;

/** @param words of one frame @param slots blocks that may wait for the rig thread @param samplesPerBlock samples in a block */
export function createBlockRing(words: number, slots: number, samplesPerBlock: number): BlockRingMemory {
  return {
    counters: new SharedArrayBuffer(Object.keys(counter).length * Int32Array.BYTES_PER_ELEMENT),
    heads: new SharedArrayBuffer(slots * head.count * Float64Array.BYTES_PER_ELEMENT),
    samples: new SharedArrayBuffer(slots * samplesPerBlock * words * Uint16Array.BYTES_PER_ELEMENT),
    words,
    slots,
    samplesPerBlock,
  };
}

/** A block as it lies in the ring; valid until the listener returns. */
export interface RingBlock {
  readonly firstSample: number;
  /** Host monotonic ns. */
  readonly receivedNs: number;
  /** Before this sample of the block samples are missing; 0 is none inside it. */
  readonly gapAt: number;
  /** So many are missing there. */
  readonly gapSamples: number;
  /** Sample-major, samplesPerBlock × words. */
  readonly words: Uint16Array;
}

class RingViews {
  readonly counters: Int32Array;
  readonly heads: Float64Array;
  readonly samples: Uint16Array;
  readonly slots: number;
  readonly blockWords: number;

  constructor({ counters, heads, samples, words, slots, samplesPerBlock: samplesOf }: BlockRingMemory) {
    this.counters = new Int32Array(counters);
    this.heads = new Float64Array(heads);
    this.samples = new Uint16Array(samples);
    this.slots = slots;
    this.blockWords = samplesOf * words;
  }

  get waiting(): number {
    return (Atomics.load(this.counters, counter.written) - Atomics.load(this.counters, counter.taken)) | 0;
  }

  slotOf(count: number): number {
    return (count >>> 0) % this.slots;
  }
}

/** The reader thread's side. */
export class BlockRingWriter {
  readonly #views: RingViews;

  constructor(memory: BlockRingMemory) {
    this.#views = new RingViews(memory);
  }

  /** @returns whether the rig thread has nothing else to look at and must be told */
  write(block: RingBlock): boolean {
    const { counters, heads, samples, slots, blockWords } = this.#views;
    if (this.#views.waiting >= slots) {
      Atomics.add(counters, counter.dropped, 1);
      return false;
    }
    const slot = this.#views.slotOf(Atomics.load(counters, counter.written));
    const at = slot * head.count;
    for (const key of ['firstSample', 'receivedNs', 'gapAt', 'gapSamples'] as const) heads[at + head[key]] = block[key];
    samples.set(block.words, slot * blockWords);
    Atomics.add(counters, counter.written, 1);
    return Atomics.exchange(counters, counter.isAwaited, 0) === 1;
  }
}

/** The rig thread's side. */
export class BlockRingReader {
  readonly #views: RingViews;

  constructor(memory: BlockRingMemory) {
    this.#views = new RingViews(memory);
    Atomics.store(this.#views.counters, counter.isAwaited, 1);
  }

  /** Blocks that the reader thread had to drop because this side did not take them. */
  get dropped(): number {
    return Atomics.load(this.#views.counters, counter.dropped);
  }

  /** Takes all that is there. After it the next write says that there is more. */
  takeAll(listener: (block: RingBlock) => void): void {
    const { counters, heads, samples, blockWords } = this.#views;
    do {
      while (this.#views.waiting > 0) {
        const slot = this.#views.slotOf(Atomics.load(counters, counter.taken));
        const words = samples.subarray(slot * blockWords, (slot + 1) * blockWords);
        const of = (key: keyof typeof head) => heads[slot * head.count + head[key]]!;
        listener({
          firstSample: of('firstSample'),
          receivedNs: of('receivedNs'),
          gapAt: of('gapAt'),
          gapSamples: of('gapSamples'),
          words,
        });
        Atomics.add(counters, counter.taken, 1);
      }
      Atomics.store(counters, counter.isAwaited, 1);
      // What was written between the last look and the word must not wait for the next one.
    } while (this.#views.waiting > 0 && Atomics.exchange(counters, counter.isAwaited, 0) === 1);
  }
}
