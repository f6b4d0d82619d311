// Follows the count that an acquisition gives its samples, and notes where it jumps; analysis process.

/** More jumps are not told one by one. */
const toldMax = 50;

export class CountCheck {
  readonly #notes: string[];
  readonly #isInt32: boolean;
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
    for (const number of numbers) {
      if (this.#expected !== undefined && number !== this.#expected) this.#jump(this.#expected - 1, number);
      this.#expected = this.#isInt32 ? (number + 1) | 0 : number + 1;
      this.#nextSample++;
    }
  }

  #jump(from: number, to: number): void {
    this.#jumps++;
    if (this.#jumps <= toldMax)
      this.#notes.push(
        `The sample numbers jump from ${from} to ${to} before sample ${this.#nextSample}: what lies between was not recorded, and is not filled.`,
      );
    else if (this.#jumps === toldMax + 1) this.#notes.push('The sample numbers jump at more places, which are not listed.');
  }
}
