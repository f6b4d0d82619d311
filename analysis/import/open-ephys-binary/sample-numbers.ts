// The acquisition's own count of samples: where the first stands in it, and whether any are missing; analysis process.
import type { NpyColumn } from './npy-column.ts';

/** More jumps are counted, not told one by one. */
const jumpsToldMax = 50;

export class SampleNumbers {
  /** Number of the first sample. */
  readonly first: number;
  readonly #column: NpyColumn | undefined;
  readonly #notes: string[];
  #checkedTo = 0;
  #expected: number;
  #jumps = 0;

  private constructor(column: NpyColumn | undefined, first: number, notes: string[]) {
    this.#column = column;
    this.first = first;
    this.#expected = first;
    this.#notes = notes;
  }

  /** @param otherwise the first number where there is no column of them. */
  static async begin(column: NpyColumn | undefined, otherwise: number | undefined, notes: string[]): Promise<SampleNumbers> {
    if (column !== undefined && column.rows > 0)
      return new SampleNumbers(column, (await column.numbers(0, 1))[0] ?? 0, notes);
    notes.push(
      otherwise === undefined
        ? 'There are no sample numbers: events are placed as if the first sample were number 0.'
        : `There are no sample numbers: the first is ${otherwise} by sync_messages.txt, and gaps are not seen.`,
    );
    return new SampleNumbers(column, otherwise ?? 0, notes);
  }

  get files(): string[] {
    return this.#column === undefined ? [] : [this.#column.path];
  }

  /** Looks at the numbers of samples that are read for the first time, in order. @throws AnalysisFailure for one that is no number. */
  async check(firstSample: number, count: number): Promise<void> {
    const column = this.#column;
    if (column === undefined || firstSample !== this.#checkedTo) return;
    this.#checkedTo += count;
    const there = Math.min(count, column.rows - firstSample);
    if (there < count && there >= 0) this.#notes.push(`${column.path} has no numbers from sample ${firstSample + there} on.`);
    if (there <= 0) return;
    for (const [index, number] of (await column.numbers(firstSample, there)).entries()) {
      if (number !== this.#expected) this.#jump(firstSample + index, number);
      this.#expected = number + 1;
    }
  }

  dispose(): Promise<void> {
    return this.#column?.close() ?? Promise.resolve();
  }

  #jump(sample: number, number: number): void {
    this.#jumps++;
    if (this.#jumps <= jumpsToldMax)
      this.#notes.push(
        `The sample numbers jump from ${this.#expected - 1} to ${number} before sample ${sample}: what lies between was not recorded, and is not filled.`,
      );
    else if (this.#jumps === jumpsToldMax + 1) this.#notes.push('The sample numbers jump at more places, which are not listed.');
  }
}
