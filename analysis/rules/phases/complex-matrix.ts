// Matrices of complex numbers as pairs of real ones, and activations of complex drives; analysis process.
import { Matrix } from '../base/matrix.ts';
import type { Activation } from '../deep/activation.ts';

/** Both of the same shape. */
export interface ComplexMatrix {
  readonly real: Matrix;
  readonly imaginary: Matrix;
}

export const zeros = (rows: number, columns: number): ComplexMatrix => ({
  real: new Matrix(rows, columns),
  imaginary: new Matrix(rows, columns),
});

export const fromReal = (real: Matrix): ComplexMatrix => ({
  real,
  imaginary: new Matrix(real.rows, real.columns),
});

/** A complex matrix times a real one. */
export const timesReal = ({ real, imaginary }: ComplexMatrix, by: Matrix): ComplexMatrix => ({
  real: real.times(by),
  imaginary: imaginary.times(by),
});

/** A function of one complex number. */
type ComplexFunction = (real: number, imaginary: number) => readonly [number, number];

const complexTanh: ComplexFunction = (real, imaginary) => {
  const below = Math.cosh(2 * real) + Math.cos(2 * imaginary);
  return [Math.sinh(2 * real) / below, Math.sin(2 * imaginary) / below];
};

const ofComplex: Readonly<Record<string, ComplexFunction>> = {
  tanh: complexTanh,
  linear: (real, imaginary) => [real, imaginary],
  logistic(real, imaginary) {
    const [a, b] = complexTanh(real / 2, imaginary / 2);
    return [(1 + a) / 2, b / 2];
  },
};

/** @throws RangeError for an activation that has no derivative in the complex plane. */
export function activationOfComplex({ name }: Activation): ComplexFunction {
  const found = ofComplex[name];
  if (found === undefined)
    throw new RangeError(
      `Holomorphic equilibrium propagation needs an activation that is smooth for complex numbers (${Object.keys(ofComplex).join(', ')}), not '${name}'`,
    );
  return found;
}

/** Number by number. */
export function mapComplex({ real, imaginary }: ComplexMatrix, change: ComplexFunction): ComplexMatrix {
  const out = zeros(real.rows, real.columns);
  for (let at = 0; at < real.values.length; at++) {
    const [a, b] = change(real.values[at]!, imaginary.values[at]!);
    out.real.values[at] = a;
    out.imaginary.values[at] = b;
  }
  return out;
}
