// A stream of Gaussian samples with a known spectrum, to be given back through a narrow layer; analysis process.
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { dot, norm } from '../base/vectors.ts';
import type { StaticTask } from './static-task.ts';
import { testSamples } from './teacher-student.ts';

/** Directions of length 1 at right angles to each other, one a row (Gram & Schmidt). */
export function randomAxes(dimensions: number, random: Random): Matrix {
  const axes = Matrix.normal(dimensions, dimensions, 1, random);
  for (let row = 0; row < dimensions; row++) {
    const axis = axes.row(row);
    for (let before = 0; before < row; before++) {
      const other = axes.row(before);
      const along = dot(axis, other);
      for (let index = 0; index < dimensions; index++) axis[index]! -= along * other[index]!;
    }
    const size = norm(axis);
    for (let index = 0; index < dimensions; index++) axis[index]! /= size;
  }
  return axes;
}

/** The stream by itself, for rules without a target. @returns samples × dimensions, mean 0 */
export function gaussianStream(
  variances: readonly number[],
  random: Random,
): { readonly axes: Matrix; draw(samples: number, from: Random): Matrix } {
  const axes = randomAxes(variances.length, random);
  const deviations = variances.map(Math.sqrt);
  const draw = (samples: number, from: Random) => {
    const along = Matrix.normal(samples, variances.length, 1, from);
    return along.map((value, index) => value * deviations[index % deviations.length]!).times(axes);
  };
  return { axes, draw };
}

/** Targets are the inputs. A linear network with k hidden neurons cannot lose less than half the sum of all but the k largest variances. */
export function pcaStream(variances: readonly number[], random: Random): StaticTask {
  const stream = gaussianStream(variances, random);
  const tested = stream.draw(testSamples, random);
  return {
    inputs: variances.length,
    outputs: variances.length,
    hasClasses: false,
    batch(_, samples, from) {
      const inputs = stream.draw(samples, from);
      return { inputs, targets: inputs };
    },
    test: () => ({ inputs: tested, targets: tested }),
  };
}
