// The precision in which a network settles: double, or single as on a graphics processor; analysis process.
import { Matrix } from '../base/matrix.ts';

export interface Arithmetic {
  /** The nearest number that there is. */
  round(value: number): number;
  /** The product of matrices, each product and each sum rounded. */
  times(a: Matrix, b: Matrix): Matrix;
}

export const doublePrecision: Arithmetic = { round: (value) => value, times: (a, b) => a.times(b) };

export const singlePrecision: Arithmetic = {
  round: Math.fround,
  times(a, b) {
    const out = new Matrix(a.rows, b.columns);
    for (let row = 0; row < a.rows; row++) {
      for (let column = 0; column < b.columns; column++) {
        let sum = 0;
        for (let middle = 0; middle < a.columns; middle++) {
          const product = Math.fround(
            Math.fround(a.values[row * a.columns + middle]!) * Math.fround(b.values[middle * b.columns + column]!),
          );
          sum = Math.fround(sum + product);
        }
        out.values[row * b.columns + column] = sum;
      }
    }
    return out;
  },
};
