// Columns whose rows hold many values each, gathered from a journal that has them in order of time, in bounded memory; analysis process.
import type { RowWriter } from './hdf5-file.ts';

/** Values that are held at a time: 128 MB. A row that alone has more makes a round of its own. */
export const valuesPerRound = 16_000_000;
/** Values that are handed to h5wasm at once: it copies them. */
const valuesPerWrite = 1_000_000;

/**
 * Where each row's values lie in the flat column, and in which rounds the rows are gathered. Each round reads the journal
 * once; all but very long sessions need one.
 */
export class RaggedPlan {
  /** Flat position behind each row's values. */
  readonly ends: Uint32Array;
  /** First row of each round, and the number of rows. */
  readonly roundStarts: readonly number[];

  /** @param counts number of values of each row. @param perRound values that are held at a time. */
  constructor(counts: ArrayLike<number>, perRound: number) {
    this.ends = new Uint32Array(counts.length);
    const roundStarts = [0];
    let end = 0;
    for (let row = 0; row < counts.length; row++) {
      const roundStart = roundStarts.at(-1) ?? 0;
      end += counts[row] ?? 0;
      if (row > roundStart && end - this.start(roundStart) > perRound) roundStarts.push(row);
      this.ends[row] = end;
    }
    roundStarts.push(counts.length);
    this.roundStarts = roundStarts;
  }

  get rounds(): number {
    return this.roundStarts.length - 1;
  }

  get values(): number {
    return this.ends.at(-1) ?? 0;
  }

  /** Flat position of a row's first value. */
  start(row: number): number {
    return row === 0 ? 0 : (this.ends[row - 1] ?? 0);
  }
}

/** Gathers one flat column. In each round `begin`, then `add` every value of the journal, then `finish`. */
export class RaggedColumn {
  readonly #plan: RaggedPlan;
  readonly #writer: RowWriter<Float64Array>;
  #firstRow = 0;
  #endRow = 0;
  #values = new Float64Array(0);
  /** Where the next value of each row of the round goes, relative to the round's first value. */
  #next = new Uint32Array(0);

  constructor(plan: RaggedPlan, writer: RowWriter<Float64Array>) {
    this.#plan = plan;
    this.#writer = writer;
  }

  begin(round: number): void {
    this.#firstRow = this.#plan.roundStarts[round] ?? 0;
    this.#endRow = this.#plan.roundStarts[round + 1] ?? this.#firstRow;
    const base = this.#plan.start(this.#firstRow);
    this.#values = new Float64Array(this.#plan.start(this.#endRow) - base);
    this.#next = Uint32Array.from(
      { length: this.#endRow - this.#firstRow },
      (_, index) => this.#plan.start(this.#firstRow + index) - base,
    );
  }

  /** Values of rows of another round are passed over. */
  add(row: number, value: number): void {
    if (row < this.#firstRow || row >= this.#endRow) return;
    const at = this.#next[row - this.#firstRow] ?? 0;
    this.#values[at] = value;
    this.#next[row - this.#firstRow] = at + 1;
  }

  finish(): void {
    const base = this.#plan.start(this.#firstRow);
    for (let from = 0; from < this.#values.length; from += valuesPerWrite) {
      this.#writer.write(base + from, this.#values.subarray(from, from + valuesPerWrite));
    }
    this.#values = new Float64Array(0);
  }
}
