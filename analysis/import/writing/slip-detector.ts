// Finds places at which one word is missing from an interleaved stream, so that channels hold their neighbours' signals; analysis process.

/**
 * A slip's score in parts of the usual distance between neighbours beyond that between successive samples. In a recording with 309
 * known slips the scores of slips begin at 0.31 of it and all others end at 0.04.
 */
const scoreMin = 0.2;
/** Where neighbouring channels differ less than so many times what a channel changes by in one sample, a slip leaves no trace. */
const contrastMin = 2;
/** Values that are judged by their own mean distances. */
const stretchValues = 262_144;

export interface ChannelSlip {
  sample: number;
  channel: number;
}

/**
 * For each word: how much closer the C - 1 words from it on are to what came C - 1 words earlier than to what came C words earlier,
 * by the sum of absolute differences. Where no word is missing they are much closer to the latter, the same channel's last sample.
 */
export class SlipDetector {
  readonly #channels: number;
  #values: Int16Array;
  #filled = 0;
  /** Place in the whole stream of the first value held. */
  #from = 0;
  #judged = 0;
  #notJudged = 0;

  /** @param stretch values that are judged together; tests make it small. */
  constructor(channels: number, stretch = stretchValues) {
    this.#channels = channels;
    this.#values = new Int16Array(Math.max(stretch, 64 * channels) + 4 * channels);
  }

  /** Values in which slips would have been seen, and in which not: neighbouring channels hold nearly the same there. */
  get extent(): { judged: number; notJudged: number } {
    return { judged: this.#judged, notJudged: this.#notJudged };
  }

  /** @param samples what follows, sample-major. @returns slips that are certain by now. */
  add(samples: Int16Array): ChannelSlip[] {
    const slips: ChannelSlip[] = [];
    for (let at = 0; at < samples.length;) {
      const taken = samples.subarray(at, at + this.#values.length - this.#filled);
      this.#values.set(taken, this.#filled);
      this.#filled += taken.length;
      at += taken.length;
      if (this.#filled === this.#values.length) slips.push(...this.#judge(false));
    }
    return slips;
  }

  /** @returns the slips of the rest. */
  finish(): ChannelSlip[] {
    return this.#judge(true);
  }

  #judge(isLast: boolean): ChannelSlip[] {
    const channels = this.#channels;
    const width = channels - 1;
    const first = channels;
    const end = this.#filled - width;
    if (channels < 3 || end <= first) return [];
    const values = this.#values;
    const difference = (index: number) =>
      Math.abs(values[index]! - values[index - channels]!) - Math.abs(values[index]! - values[index - width]!);
    let own = 0;
    let other = 0;
    for (let index = first; index < this.#filled; index++) {
      own += Math.abs(values[index]! - values[index - channels]!);
      other += Math.abs(values[index]! - values[index - width]!);
    }
    const isTelling = other > contrastMin * own;
    const slips: ChannelSlip[] = [];
    let next = end;
    if (isTelling) {
      const threshold = (scoreMin * width * (other - own)) / (this.#filled - first);
      let score = 0;
      for (let index = first; index < first + width; index++) score += difference(index);
      let best = -1;
      let bestScore = 0;
      for (let index = first; index < end; index++) {
        if (best >= 0 && index - best >= width) {
          slips.push(this.#slipAt(best));
          best = -1;
          bestScore = 0;
        }
        if (score > threshold && score > bestScore) {
          best = index;
          bestScore = score;
        }
        score += difference(index + width) - difference(index);
      }
      if (best >= 0 && isLast) slips.push(this.#slipAt(best));
      // The next stretch may hold a higher score close to it.
      else if (best >= 0) next = best;
      this.#judged += next - first;
    } else {
      this.#notJudged += next - first;
    }
    // What is judged next, and the sample before it.
    const kept = next - channels;
    values.copyWithin(0, kept, this.#filled);
    this.#filled -= kept;
    this.#from += kept;
    return slips;
  }

  #slipAt(index: number): ChannelSlip {
    const place = this.#from + index;
    return { sample: Math.floor(place / this.#channels), channel: place % this.#channels };
  }
}
