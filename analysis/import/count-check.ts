// Follows the count that an acquisition gives its samples: notes where it jumps, and places what is marked by it; analysis process.

/** More jumps are not told one by one. */
const toldMax = 50;
/** More are not kept: what is marked behind them is placed as if there were no more. */
const keptMax = 100_000;

export class CountCheck {
  readonly #notes: string[];
  readonly #isInt32: boolean;
  /** Where each stretch without a jump begins: its first sample, and that sample's number. */
  readonly #stretches: { sample: number; number: number }[] = [];
  #nextSample = 0;
  #expected: number | undefined;
  #jumps = 0;

  /** @param isInt32 whether the count goes on at its lowest number after its highest. */
  constructor(notes: string[], isInt32 = false) {
    this.#notes = notes;
    this.#isInt32 = isInt32;
  }

  /** Whether the numbers of these samples have not been looked at; they are looked at once, in order. */
  isNext(firstSample: number): boolean {
    return firstSample === this.#nextSample;
  }

  /** @param numbers of the next samples. */
  add(numbers: Iterable<number>): void {
    for (const number of numbers) this.addRun(number, 1);
  }

  /** @param length samples that are numbered one after the other from `number` on. */
  addRun(number: number, length: number): void {
    if (this.#expected !== number) {
      if (this.#expected !== undefined) this.#jump(this.#expected - 1, number);
      if (this.#stretches.length < keptMax) this.#stretches.push({ sample: this.#nextSample, number });
    }
    this.#expected = this.#isInt32 ? (number + length) | 0 : number + length;
    this.#nextSample += length;
  }

  /**
   * Where a number stands among the samples that have been added; what was marked while nothing was recorded stands at the first sample
   * after it. @param first number of the first sample, for when none has been added.
   */
  sampleOf(number: number, first: number): number {
    const stretches = this.#stretches;
    const index = stretches.findLastIndex((stretch) => stretch.number <= number);
    const stretch = stretches[Math.max(0, index)];
    if (stretch === undefined) return number - first;
    return Math.min(stretch.sample + number - stretch.number, stretches[index + 1]?.sample ?? Infinity);
  }

  #jump(from: number, to: number): void {
    this.#jumps++;
    if (this.#jumps <= toldMax)
      this.#notes.push(
        `The sample numbers jump from ${from} to ${to} before sample ${this.#nextSample}: what lies between was not recorded, and is not filled.`,
      );
    else if (this.#jumps === toldMax + 1)
      this.#notes.push('The sample numbers jump at more places, which are not listed.');
  }
}
