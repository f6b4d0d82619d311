// A supervised task whose samples do not depend on each other, drawn from a seed; analysis process.
import type { ScoreDeclaration } from '../../../common/rule-study/study-results.ts';
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';

export interface Samples {
  /** samples × inputs */
  readonly inputs: Matrix;
  /** samples × outputs */
  readonly targets: Matrix;
}

export interface StaticTask {
  readonly inputs: number;
  readonly outputs: number;
  /** Whether outputs stand for classes: the largest is the answer, of one output its sign. */
  readonly hasClasses: boolean;
  /**
   * @param presentation counted from 0; a task that changes while it is learned is then as it is at that time
   * @param random draws the samples; a call with the same state gives the same
   */
  batch(presentation: number, samples: number, random: Random): Samples;
  /** What scores are measured on after so many presentations: always the same samples. */
  test(presentations: number): Samples;
}

export const scoreOfLoss: ScoreDeclaration = { label: 'Loss', unit: '', better: 'lower' };
export const scoreOfClasses: ScoreDeclaration = { label: 'Accuracy', unit: '%', better: 'higher' };

/** Of a set of samples that is learned over and over: a batch is drawn without repeats, or is the whole set in its order. */
export function drawBatch({ inputs, targets }: Samples, samples: number, random: Random): Samples {
  if (samples >= inputs.rows) return { inputs, targets };
  const order = Uint32Array.from({ length: inputs.rows }, (_, index) => index);
  for (let index = 0; index < samples; index++) {
    const other = index + random.below(order.length - index);
    [order[index], order[other]] = [order[other]!, order[index]!];
  }
  return { inputs: rowsOf(inputs, order.subarray(0, samples)), targets: rowsOf(targets, order.subarray(0, samples)) };
}

function rowsOf(matrix: Matrix, rows: Uint32Array): Matrix {
  const out = new Matrix(rows.length, matrix.columns);
  rows.forEach((row, index) => out.row(index).set(matrix.row(row)));
  return out;
}

/** One row of targets for each class: 1 for it, 0 for the others. */
export function classTargets(classes: readonly number[], count: number): Matrix {
  const targets = new Matrix(classes.length, count);
  classes.forEach((each, sample) => (targets.row(sample)[each] = 1));
  return targets;
}
