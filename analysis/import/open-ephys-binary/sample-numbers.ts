// The acquisition's own count of samples: where the first stands in it, and whether any are missing; analysis process.
import { CountCheck } from '../count-check.ts';
import type { NpyColumn } from './npy-column.ts';

export class SampleNumbers {
  /** Number of the first sample. */
  readonly first: number;
  readonly #column: NpyColumn | undefined;
  readonly #notes: string[];
  readonly #count: CountCheck;

  private constructor(column: NpyColumn | undefined, first: number, notes: string[]) {
    this.#column = column;
    this.first = first;
    this.#notes = notes;
    this.#count = new CountCheck(notes);
  }

  /** @param otherwise the first number where there is no column of them. */
  static async begin(
    column: NpyColumn | undefined,
    otherwise: number | undefined,
    notes: string[],
  ): Promise<SampleNumbers> {
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
    if (column === undefined || !this.#count.isNext(firstSample)) return;
    const there = Math.min(count, column.rows - firstSample);
    if (there > 0) this.#count.add(await column.numbers(firstSample, there));
    if (there < count) this.#notes.push(`${column.path} has no numbers from sample ${firstSample + there} on.`);
  }

  /** Where a number stands among the samples that have been read. */
  sampleOf(number: number): number {
    return this.#count.sampleOf(number, this.first);
  }

  dispose(): Promise<void> {
    return this.#column?.close() ?? Promise.resolve();
  }
}
