// Dense matrices in double precision, row by row; analysis process.
import type { Random } from './random.ts';

export class Matrix {
  readonly rows: number;
  readonly columns: number;
  /** rows × columns, row by row. */
  readonly values: Float64Array;

  /** @param values taken over, not copied; zeros if left out. @throws RangeError when their number does not fit. */
  constructor(rows: number, columns: number, values: Float64Array = new Float64Array(rows * columns)) {
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
    const out = new Matrix(rows, columns);
    for (let index = 0; index < out.values.length; index++) out.values[index] = deviation * random.normal();
    return out;
  }

  /** A view of one row: writing into it writes into the matrix. */
  row(index: number): Float64Array {
    return this.values.subarray(index * this.columns, (index + 1) * this.columns);
  }

  copy(): Matrix {
    return new Matrix(this.rows, this.columns, this.values.slice());
  }

  map(change: (value: number, index: number) => number): Matrix {
    const out = new Matrix(this.rows, this.columns);
    // A loop: the typed array's own map takes several times as long.
    for (let index = 0; index < out.values.length; index++) out.values[index] = change(this.values[index]!, index);
    return out;
  }

  /** Element by element with another of the same shape. @throws RangeError */
  with(other: Matrix, combine: (own: number, its: number) => number): Matrix {
    if (other.rows !== this.rows || other.columns !== this.columns)
      throw new RangeError(`${this.shape} and ${other.shape} do not fit element by element`);
    const out = new Matrix(this.rows, this.columns);
    for (let index = 0; index < out.values.length; index++)
      out.values[index] = combine(this.values[index]!, other.values[index]!);
    return out;
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
    const out = new Matrix(this.rows, this.columns);
    for (let index = 0; index < out.values.length; index++) out.values[index] = this.values[index]! * factor;
    return out;
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
    addProduct(out, this.values, this.columns, 1, other);
    return out;
  }

  /** The product of this matrix with another, transposed, of as many columns. @throws RangeError */
  timesTransposed(other: Matrix): Matrix {
    const { columns: inner, values: left } = this;
    if (inner !== other.columns) throw new RangeError(`${this.shape} times ${other.shape} transposed does not fit`);
    const out = new Matrix(this.rows, other.rows);
    const { values: right } = other;
    const into = out.values;
    const whole = other.rows - (other.rows % 4);
    for (let row = 0, to = 0; row < this.rows; row++) {
      const start = row * inner;
      // Four sums at a time, so that a number on the left is read once for four products.
      for (let column = 0; column < whole; column += 4) {
        const from = column * inner;
        let a = 0;
        let b = 0;
        let c = 0;
        let d = 0;
        for (let index = 0; index < inner; index++) {
          const value = left[start + index]!;
          a += value * right[from + index]!;
          b += value * right[from + inner + index]!;
          c += value * right[from + 2 * inner + index]!;
          d += value * right[from + 3 * inner + index]!;
        }
        into[to++] = a;
        into[to++] = b;
        into[to++] = c;
        into[to++] = d;
      }
      for (let column = whole; column < other.rows; column++) {
        let sum = 0;
        for (let index = 0; index < inner; index++) sum += left[start + index]! * right[column * inner + index]!;
        into[to++] = sum;
      }
    }
    return out;
  }

  /** The product of this matrix, transposed, with another of as many rows. @throws RangeError */
  transposedTimes(other: Matrix): Matrix {
    if (this.rows !== other.rows) throw new RangeError(`${this.shape} transposed times ${other.shape} does not fit`);
    const out = new Matrix(this.columns, other.columns);
    addProduct(out, this.values, 1, this.columns, other);
    return out;
  }

  get shape(): string {
    return `${this.rows} × ${this.columns}`;
  }
}

/**
 * Adds to `out` the product of a matrix with `right`; four rows of `right` at a time, so that a sum is read and written
 * once for four products.
 * @param left the values of the other matrix, whose rows begin `rowStep` and whose columns `columnStep` values apart
 */
function addProduct(out: Matrix, left: Float64Array, rowStep: number, columnStep: number, right: Matrix): void {
  const { columns: width, rows: inner, values: from } = right;
  const into = out.values;
  for (let row = 0; row < out.rows; row++) {
    const start = row * width;
    const end = start + width;
    const own = row * rowStep;
    let middle = 0;
    for (; middle + 3 < inner; middle += 4) {
      const first = own + middle * columnStep;
      const a = left[first]!;
      const b = left[first + columnStep]!;
      const c = left[first + 2 * columnStep]!;
      const d = left[first + 3 * columnStep]!;
      let at = middle * width;
      for (let index = start; index < end; index++, at++)
        into[index]! += a * from[at]! + b * from[at + width]! + c * from[at + 2 * width]! + d * from[at + 3 * width]!;
    }
    for (; middle < inner; middle++) {
      const a = left[own + middle * columnStep]!;
      let at = middle * width;
      for (let index = start; index < end; index++, at++) into[index]! += a * from[at]!;
    }
  }
}
