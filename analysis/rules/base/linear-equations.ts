// Linear equations and pseudo-inverses of small dense matrices in double precision; analysis process.
import { Matrix } from './matrix.ts';

/**
 * @param left n × n. @param right n × any
 * @returns X with left · X = right, by elimination with the largest pivot of each column.
 * @throws RangeError when `left` is not square or has no inverse.
 */
export function solve(left: Matrix, right: Matrix): Matrix {
  if (left.rows !== left.columns) throw new RangeError(`${left.shape} is not square`);
  const [a, x] = [left.copy(), right.copy()];
  for (let column = 0; column < a.rows; column++) {
    let pivot = column;
    for (let row = column + 1; row < a.rows; row++)
      if (Math.abs(a.row(row)[column]!) > Math.abs(a.row(pivot)[column]!)) pivot = row;
    const largest = a.row(pivot)[column]!;
    if (largest === 0) throw new RangeError('The matrix has no inverse');
    for (const matrix of [a, x]) {
      const kept = matrix.row(column).slice();
      matrix.row(column).set(matrix.row(pivot).map((value) => value / largest));
      if (pivot !== column) matrix.row(pivot).set(kept);
    }
    for (let row = 0; row < a.rows; row++) {
      const factor = a.row(row)[column]!;
      if (row === column || factor === 0) continue;
      for (const matrix of [a, x]) {
        const [own, from] = [matrix.row(row), matrix.row(column)];
        for (let index = 0; index < own.length; index++) own[index]! -= factor * from[index]!;
      }
    }
  }
  return x;
}

export const identity = (size: number, factor = 1): Matrix =>
  new Matrix(size, size).map((_, index) => (index % (size + 1) === 0 ? factor : 0));

/**
 * @param matrix of full rank unless damped
 * @param damping λ of Jᵀ (J Jᵀ + λ)⁻¹, which with 0 is the pseudo-inverse of Moore and Penrose
 * @throws RangeError for a matrix that is not of full rank, without damping.
 */
export function pseudoInverse(matrix: Matrix, damping = 0): Matrix {
  const transposed = matrix.transposed();
  if (matrix.rows > matrix.columns)
    return solve(transposed.times(matrix).plus(identity(matrix.columns, damping)), transposed);
  return solve(matrix.times(transposed).plus(identity(matrix.rows, damping)), matrix).transposed();
}
