// Finds the blocks in RHX's waveform stream, which has neither length nor channel list, and says what is missing; pure, runs in the RHX reader thread.
import { bytesPerBlock, samplesPerBlock } from './columns.ts';

const magic = 0x2ef07a08;
/** A run's first timestamp is mostly 0; up to 1500 was seen. What lies above is no new run. */
const restartBelow = 65_536;
const half = 2 ** 31;
const wrap = 2 ** 32;
/** When the length of blocks changes, so many words more or fewer are tried. */
const triedWords = 32;

export interface WaveformBlock {
  /** Since the run began, beyond 2³² too. */
  readonly firstSample: number;
  /** Before this sample of the block samples are missing; 0 is none inside it. */
  readonly gapAt: number;
  /** So many are missing there. */
  readonly gapSamples: number;
  /** sample-major, 128 × words; valid until the listener returns. */
  readonly words: Uint16Array;
}

export interface WaveformListener {
  onBlock(block: WaveformBlock): void;
  /** Samples that never came, before the next block or inside it. @param firstSample the first of them */
  onGap(firstSample: number, samples: number): void;
  /** Timestamps begin anew. */
  onRunBegins(): void;
  /** Bytes that belong to no block were skipped. */
  onDamage(bytes: number): void;
  /** Blocks have another length from here on: the columns are unknown, and nothing more is handed out. */
  onLayoutChanged(words: number): void;
}

export class WaveformParser {
  readonly #words: number;
  readonly #blockBytes: number;
  readonly #frameBytes: number;
  readonly #listener: WaveformListener;
  readonly #samples: Uint16Array;
  #bytes: Uint8Array;
  #view: DataView;
  #from = 0;
  #to = 0;
  /** The timestamp that should come next; undefined before a run. */
  #next: number | undefined;
  /** Whole turns of the 32-bit timestamp, in samples. */
  #turns = 0;
  #skipped = 0;
  #isStopped = false;

  /** @param words per frame, 0 where only spikes are enabled */
  constructor(words: number, listener: WaveformListener) {
    this.#words = words;
    this.#frameBytes = 4 + 2 * words;
    this.#blockBytes = bytesPerBlock(words);
    this.#listener = listener;
    this.#samples = new Uint16Array(samplesPerBlock * words);
    this.#bytes = new Uint8Array(3 * this.#blockBytes + bytesPerBlock(words + triedWords) + 8);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Bytes that wait for more. */
  get pendingBytes(): number {
    return this.#to - this.#from;
  }

  /** A new run begins: whatever timestamp comes next is its first. */
  beginRun(): void {
    this.#next = undefined;
  }

  /** @param chunk any part of the stream */
  push(chunk: Uint8Array): void {
    if (this.#isStopped) return;
    for (let at = 0; at < chunk.length && !this.#isStopped;) {
      const part = chunk.subarray(at, at + 2 * this.#blockBytes);
      this.#append(part);
      at += part.length;
      this.#parse(false);
    }
  }

  /**
   * The stream rests. RHX writes whole blocks, so a block that ends where the stream rests is whole, though no magic follows yet.
   */
  settle(): void {
    if (!this.#isStopped) this.#parse(true);
  }

  #append(part: Uint8Array): void {
    if (this.#to + part.length > this.#bytes.length) {
      // What is left over is below the longest block that is tried and a head, see `#parse`.
      this.#bytes.copyWithin(0, this.#from, this.#to);
      this.#to -= this.#from;
      this.#from = 0;
    }
    this.#bytes.set(part, this.#to);
    this.#to += part.length;
  }

  #parse(isAtRest: boolean): void {
    for (;;) {
      const left = this.pendingBytes;
      if (left < this.#blockBytes) {
        // What cannot begin a block need not wait for more; a magic that has not come whole may.
        if (left < 8 || this.#canBegin(this.#from) || !this.#resynchronise()) return;
        continue;
      }
      const isConfirmed = this.#magicAt(this.#from + this.#blockBytes);
      if (isConfirmed === undefined && !(isAtRest && left === this.#blockBytes)) {
        // A block that is wrong already need not be confirmed.
        if (this.#canBegin(this.#from)) return;
      }
      const jump = isConfirmed === false ? -1 : this.#jumpIn(this.#from);
      // A jump inside is only believed when the next block goes on from it.
      if (jump > 0 && left < this.#blockBytes + 8) return;
      if ((jump < 0 || !this.#take(jump)) && !this.#resynchronise()) return;
    }
  }

  /** @returns undefined when the four bytes have not all come */
  #magicAt(at: number): boolean | undefined {
    return at + 4 > this.#to ? undefined : this.#view.getUint32(at, true) === magic;
  }

  #timestamp(block: number, sample: number): number {
    return this.#view.getUint32(block + 4 + sample * this.#frameBytes, true);
  }

  /** Whether the frames that have come so far fit a block. */
  #canBegin(block: number): boolean {
    if (this.#magicAt(block) !== true) return false;
    const frames = Math.min(samplesPerBlock, Math.floor((this.#to - block - 8) / this.#frameBytes) + 1);
    let jumps = 0;
    for (let sample = 1; sample < frames; sample++) {
      const step = (this.#timestamp(block, sample) - this.#timestamp(block, sample - 1)) >>> 0;
      if (step === 1) continue;
      if (step === 0 || step >= half || ++jumps > 1) return false;
    }
    return true;
  }

  /** @returns the sample before which the only jump is, 0 when there is none, -1 when this is no block */
  #jumpIn(block: number): number {
    if (this.#magicAt(block) !== true) return -1;
    let jump = 0;
    let timestamp = this.#timestamp(block, 0);
    for (let sample = 1; sample < samplesPerBlock; sample++) {
      const next = this.#timestamp(block, sample);
      const step = (next - timestamp) >>> 0;
      if (step !== 1) {
        if (jump !== 0 || step === 0 || step >= half) return -1;
        jump = sample;
      }
      timestamp = next;
    }
    return jump;
  }

  /** @returns whether the block is believed; then it is handed out and its bytes are done */
  #take(jump: number): boolean {
    const first = this.#timestamp(this.#from, 0);
    const last = this.#timestamp(this.#from, samplesPerBlock - 1);
    const missing = this.#next === undefined ? 0 : (first - this.#next) >>> 0;
    const isBack = missing >= half;
    if (isBack && first >= restartBelow) return false;
    if (jump > 0) {
      // Both neighbours must be there and fit, else it is a damaged timestamp and not a loss.
      if (this.#next === undefined || missing !== 0 || this.#skipped > 0) return false;
      if (this.#timestamp(this.#from + this.#blockBytes, 0) !== (last + 1) >>> 0) return false;
    }
    if (this.#skipped > 0) this.#listener.onDamage(this.#skipped);
    this.#skipped = 0;
    if (this.#next === undefined || isBack) {
      this.#turns = 0;
      this.#listener.onRunBegins();
    } else {
      const firstMissing = this.#turns + this.#next;
      if (first < this.#next) this.#turns += wrap;
      if (missing > 0) this.#listener.onGap(firstMissing, missing);
    }
    const firstSample = this.#turns + first;
    const gapSamples = jump === 0 ? 0 : ((last - first) >>> 0) - (samplesPerBlock - 1);
    if (gapSamples > 0) this.#listener.onGap(firstSample + jump, gapSamples);
    this.#copyWords();
    this.#from += this.#blockBytes;
    if (last < first) this.#turns += wrap;
    this.#next = (last + 1) >>> 0;
    if (this.#next === 0) this.#turns += wrap;
    this.#listener.onBlock({ firstSample, gapAt: jump, gapSamples, words: this.#samples });
    return true;
  }

  #copyWords(): void {
    let to = 0;
    for (let sample = 0; sample < samplesPerBlock; sample++) {
      let at = this.#from + 8 + sample * this.#frameBytes;
      for (let word = 0; word < this.#words; word++, at += 2)
        this.#samples[to++] = this.#bytes[at]! | (this.#bytes[at + 1]! << 8);
    }
  }

  /** Goes on at the next place where a block may begin. @returns whether there is anything to look at before more comes */
  #resynchronise(): boolean {
    const other = this.#otherLength();
    if (other !== undefined) {
      if (other !== 'unsure') {
        this.#isStopped = true;
        this.#listener.onLayoutChanged(other);
      }
      return false;
    }
    let at = this.#from + 1;
    while (at + 4 <= this.#to && !this.#canBegin(at)) at++;
    this.#skipped += at - this.#from;
    this.#from = at;
    return this.#to - at >= this.#blockBytes;
  }

  /** How many words the block that begins here has when it is one of another length: then somebody has switched channels. */
  #otherLength(): number | 'unsure' | undefined {
    if (this.#magicAt(this.#from) !== true) return undefined;
    let found: 'unsure' | undefined;
    const most = this.#words + triedWords;
    for (let words = Math.max(0, this.#words - triedWords); words <= most; words++) {
      const is = words !== this.#words && this.#isBlockOf(words);
      if (is === true) return words;
      if (is === undefined) found = 'unsure';
    }
    return found;
  }

  /** @returns undefined when what has come fits, but it is not all */
  #isBlockOf(words: number): boolean | undefined {
    const frameBytes = 4 + 2 * words;
    const frames = Math.min(samplesPerBlock, Math.floor((this.#to - this.#from - 8) / frameBytes) + 1);
    const first = this.#timestamp(this.#from, 0);
    for (let sample = 1; sample < frames; sample++) {
      if (this.#view.getUint32(this.#from + 4 + sample * frameBytes, true) !== (first + sample) >>> 0) return false;
    }
    return frames < 2 ? false : this.#magicAt(this.#from + bytesPerBlock(words));
  }
}
