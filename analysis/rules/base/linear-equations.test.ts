import { describe, expect, it } from 'vitest';
import { identity, pseudoInverse, solve } from './linear-equations.ts';
import { Matrix } from './matrix.ts';
import { Random } from './random.ts';

const largest = (matrix: Matrix) => Math.max(...matrix.values.map(Math.abs));

describe('matrices', () => {
  it.each([1, 3, 4, 9])('multiply the same in three ways, %i in between', (inner) => {
    const random = new Random(inner);
    const [a, b] = [Matrix.normal(6, inner, 1, random), Matrix.normal(inner, 7, 1, random)];
    const product = a.times(b);
    expect(product.row(2)[5]).toBeCloseTo(
      a.row(2).reduce((sum, value, index) => sum + value * b.row(index)[5]!, 0),
      12,
    );
    expect(largest(product.minus(a.timesTransposed(b.transposed())))).toBeLessThan(1e-12);
    expect(largest(product.minus(a.transposed().transposedTimes(b)))).toBeLessThan(1e-12);
    expect(() => a.times(a)).toThrow(/does not fit/);
  });

  it('solve linear equations, with pivots that are not on the diagonal', () => {
    const left = Matrix.of([
      [0, 2, 1],
      [1, 0, 0],
      [3, 1, 0],
    ]);
    const right = Matrix.normal(3, 2, 1, new Random(1));
    expect(largest(left.times(solve(left, right)).minus(right))).toBeLessThan(1e-12);
    expect(() => solve(new Matrix(2, 2), identity(2))).toThrow(/no inverse/);
    expect(() => solve(new Matrix(2, 3), identity(2))).toThrow(/not square/);
  });

  it.each([
    [3, 5],
    [5, 3],
  ])('have a pseudo-inverse: %i × %i', (rows, columns) => {
    const matrix = Matrix.normal(rows, columns, 1, new Random(2));
    const inverse = pseudoInverse(matrix);
    expect(largest(matrix.times(inverse).times(matrix).minus(matrix))).toBeLessThan(1e-10);
    expect(largest(inverse.times(matrix).times(inverse).minus(inverse))).toBeLessThan(1e-10);
    const damped = pseudoInverse(matrix, 0.3);
    const both = matrix.transposed().times(matrix).plus(identity(columns, 0.3));
    expect(largest(both.times(damped).minus(matrix.transposed()))).toBeLessThan(1e-10);
  });
});
