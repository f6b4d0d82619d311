import { describe, expect, it } from 'vitest';
import type { StaticTaskDeclaration } from '../../../common/rule-study/task.ts';
import type { Matrix } from '../base/matrix.ts';
import { Random } from '../base/random.ts';
import { mean, norm } from '../base/vectors.ts';
import { digitStrokes } from './digit-glyphs.ts';
import { gaussianStream } from './pca-stream.ts';
import { makeStaticTask } from './static-tasks.ts';

const declarations: readonly StaticTaskDeclaration[] = [
  { kind: 'teacher-student', inputs: 4, teacherNeurons: 6, outputs: 2 },
  { kind: 'rotating-teacher', inputs: 4, teacherNeurons: 6, outputs: 2, degreesPerThousandPresentations: 90 },
  { kind: 'parity', bits: 3 },
  { kind: 'spirals', pointsPerSpiral: 97, turns: 1.5, noise: 0.05 },
  { kind: 'rings', rings: 3, pointsPerRing: 50, noise: 0.02 },
  { kind: 'pca-stream', variances: [4, 2, 1] },
  { kind: 'digits', jitter: 1, noise: 0.1 },
];
const rowsOf = (matrix: Matrix) => Array.from({ length: matrix.rows }, (_, row) => [...matrix.row(row)]);
const make = (declaration: StaticTaskDeclaration, seed = 1) => makeStaticTask(declaration, new Random(seed, 1));

describe.each(declarations)('the task $kind', (declaration) => {
  it('is the same for the same seed, sample by sample, and has the shapes that it says', () => {
    const [a, b] = [make(declaration), make(declaration)];
    const [ofA, ofB] = [a.batch(3, 5, new Random(7)), b.batch(3, 5, new Random(7))];
    expect(rowsOf(ofA.inputs)).toEqual(rowsOf(ofB.inputs));
    expect(rowsOf(ofA.targets)).toEqual(rowsOf(ofB.targets));
    expect(rowsOf(a.test(10).targets)).toEqual(rowsOf(b.test(10).targets));
    expect([ofA.inputs.rows, ofA.inputs.columns, ofA.targets.columns]).toEqual([5, a.inputs, a.outputs]);
    expect([a.test(0).inputs.columns, a.test(0).targets.columns]).toEqual([a.inputs, a.outputs]);
    for (const value of [...ofA.inputs.values, ...ofA.targets.values]) expect(value).toBeTypeOf('number');
    expect([...ofA.inputs.values].every(Number.isFinite)).toBe(true);
  });

  it.runIf(declaration.kind !== 'parity')('is another for another seed (parity has no chance in it)', () => {
    expect(rowsOf(make(declaration, 1).test(0).inputs)).not.toEqual(rowsOf(make(declaration, 2).test(0).inputs));
  });
});

it('XOR is all four patterns, each with its answer, however large the batch', () => {
  const { inputs, targets } = make({ kind: 'parity', bits: 2 }).batch(0, 64, new Random(1));
  expect(rowsOf(inputs).map((row, index) => [...row, targets.values[index]])).toEqual([
    [-1, -1, -1],
    [1, -1, 1],
    [-1, 1, 1],
    [1, 1, -1],
  ]);
});

it('a batch of a set holds no sample twice', () => {
  const { inputs } = make({ kind: 'parity', bits: 3 }).batch(0, 7, new Random(1));
  expect(new Set(rowsOf(inputs).map(String)).size).toBe(7);
});

it('the points of spirals and rings lie where they should', () => {
  const spirals = make({ kind: 'spirals', pointsPerSpiral: 200, turns: 1.5, noise: 0 }).test(0);
  // Each point has a partner of the other class on the other side of the middle.
  for (let sample = 0; sample < 20; sample += 2) {
    const [one, other] = [spirals.inputs.row(sample), spirals.inputs.row(sample + 1)];
    expect(one[0]! + other[0]!).toBeCloseTo(0, 12);
    expect(one[1]! + other[1]!).toBeCloseTo(0, 12);
    expect([...spirals.targets.row(sample)]).toEqual([1, 0]);
  }
  const rings = make({ kind: 'rings', rings: 2, pointsPerRing: 20, noise: 0 }).test(0);
  const radii = rowsOf(rings.inputs).map((point) => norm(point));
  radii.forEach((radius, sample) => expect(radius).toBeCloseTo(rings.targets.row(sample)[0] === 1 ? 0.5 : 1, 12));
});

it('the stream has its variances along axes at right angles', () => {
  const { axes, draw } = gaussianStream([4, 2, 1, 0.5, 0.25], new Random(3));
  const drawn = draw(20_000, new Random(4));
  const along = drawn.times(axes.transposed());
  [4, 2, 1, 0.5, 0.25].forEach((variance, axis) => {
    const squares = rowsOf(along).map((row) => row[axis]! ** 2);
    // The variance of a variance from n samples is 2 v² / n.
    expect(Math.abs(mean(squares) - variance)).toBeLessThan(4 * variance * Math.sqrt(2 / 20_000));
  });
  const products = axes.times(axes.transposed());
  products.values.forEach((value, index) => expect(value).toBeCloseTo(index % 6 === 0 ? 1 : 0, 12));
});

it('a teacher that turns is where it began after a whole turn, and elsewhere before', () => {
  const task = make({
    kind: 'rotating-teacher',
    inputs: 5,
    teacherNeurons: 6,
    outputs: 2,
    degreesPerThousandPresentations: 90,
  });
  const far = (presentations: number) =>
    norm(task.test(presentations).targets.minus(task.test(0).targets).values) / norm(task.test(0).targets.values);
  expect(far(4000)).toBeLessThan(1e-12);
  expect(far(2000)).toBeGreaterThan(0.2);
});

it('digits without jitter and noise are ten different glyphs, nearer to their own kind when jittered', () => {
  const still = make({ kind: 'digits', jitter: 0, noise: 0 }).batch(0, 10, new Random(1)).inputs;
  const { inputs, targets } = make({ kind: 'digits', jitter: 0.5, noise: 0.05 }).batch(0, 200, new Random(2));
  const nearestOf = (row: Float64Array) => {
    const distances = digitStrokes.map((_, digit) => norm(row.map((value, pixel) => value - still.row(digit)[pixel]!)));
    return distances.indexOf(Math.min(...distances));
  };
  let right = 0;
  for (let sample = 0; sample < 200; sample++)
    right += Number(targets.row(sample)[nearestOf(inputs.row(sample))] === 1);
  expect(right).toBeGreaterThan(160);
});
