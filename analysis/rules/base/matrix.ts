// Dense matrices in double precision, row by row; analysis process.
import type { Random } from './random.ts';

export class Matrix {
  readonly rows: number;
  readonly columns: number;
  /** rows × columns, row by row. */
  readonly values: Float64Array;

  /** @param values taken over, not copied; zeros if left out. @throws RangeError when their number does not fit. */
  constructor(rows: number, columns: number, values = new Float64Array(rows * columns)) {
    if (values.length !== rows * columns)
      throw new RangeError(`${values.length} values do not fill ${rows} × ${columns}`);
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  static of(rows: readonly (readonly number[])[]): Matrix {
    return new Matrix(rows.length, rows[0]?.length ?? 0, Float64Array.from(rows.flat()));
  }

  static normal(rows: number, columns: number, deviation: number, random: Random): Matrix {
    return new Matrix(
      rows,
      columns,
      Float64Array.from({ length: rows * columns }, () => deviation * random.normal()),
    );
  }

  /** A view of one row: writing into it writes into the matrix. */
  row(index: number): Float64Array {
    return this.values.subarray(index * this.columns, (index + 1) * this.columns);
  }

  copy(): Matrix {
    return new Matrix(this.rows, this.columns, this.values.slice());
  }

  map(change: (value: number, index: number) => number): Matrix {
    return new Matrix(this.rows, this.columns, this.values.map(change));
  }

  /** Element by element with another of the same shape. @throws RangeError */
  with(other: Matrix, combine: (own: number, its: number) => number): Matrix {
    if (other.rows !== this.rows || other.columns !== this.columns)
      throw new RangeError(`${this.shape} and ${other.shape} do not fit element by element`);
    return this.map((value, index) => combine(value, other.values[index]!));
  }

  plus(other: Matrix): Matrix {
    return this.with(other, (a, b) => a + b);
  }

  minus(other: Matrix): Matrix {
    return this.with(other, (a, b) => a - b);
  }

  /** Element by element. */
  each(other: Matrix): Matrix {
    return this.with(other, (a, b) => a * b);
  }

  scaled(factor: number): Matrix {
    return this.map((value) => value * factor);
  }

  transposed(): Matrix {
    const out = new Matrix(this.columns, this.rows);
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++)
        out.values[column * this.rows + row] = this.values[row * this.columns + column]!;
    }
    return out;
  }

  /** The product of matrices. @throws RangeError */
  times(other: Matrix): Matrix {
    if (this.columns !== other.rows) throw new RangeError(`${this.shape} times ${other.shape} does not fit`);
    const out = new Matrix(this.rows, other.columns);
    for (let row = 0; row < this.rows; row++) {
      const into = out.row(row);
      for (let middle = 0; middle < this.columns; middle++) {
        const factor = this.values[row * this.columns + middle]!;
        if (factor === 0) continue;
        const from = middle * other.columns;
        for (let column = 0; column < into.length; column++) into[column]! += factor * other.values[from + column]!;
      }
    }
    return out;
  }

  get shape(): string {
    return `${this.rows} × ${this.columns}`;
  }
}
