// A teacher that turns while it is learned from: what was right a while ago is wrong now; analysis process.
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { norm } from '../base/vectors.ts';
import { tanh } from '../deep/activation.ts';
import { MultilayerNetwork } from '../deep/multilayer-network.ts';
import type { StaticTask } from './static-task.ts';
import { type TeacherShape, testSamples } from './teacher-student.ts';

/** Two random directions of length 1 at right angles (Gram & Schmidt). */
function randomPlane(dimensions: number, random: Random): readonly [Float64Array, Float64Array] {
  const first = Float64Array.from({ length: dimensions }, () => random.normal());
  const second = Float64Array.from({ length: dimensions }, () => random.normal());
  const size = norm(first);
  first.forEach((value, index) => (first[index] = value / size));
  const along = second.reduce((sum, value, index) => sum + value * first[index]!, 0);
  second.forEach((value, index) => (second[index] = value - along * first[index]!));
  const rest = norm(second);
  second.forEach((value, index) => (second[index] = value / rest));
  return [first, second];
}

/** The rows of a matrix, turned in a plane. */
function turned(rows: Matrix, [first, second]: readonly [Float64Array, Float64Array], degrees: number): Matrix {
  const angle = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle) - 1, Math.sin(angle)];
  const out = rows.copy();
  for (let row = 0; row < out.rows; row++) {
    const values = out.row(row);
    const a = values.reduce((sum, value, index) => sum + value * first[index]!, 0);
    const b = values.reduce((sum, value, index) => sum + value * second[index]!, 0);
    for (let index = 0; index < values.length; index++)
      values[index]! += (a * cosine - b * sine) * first[index]! + (a * sine + b * cosine) * second[index]!;
  }
  return out;
}

/**
 * The teacher-student task with inputs turned in a random plane before the teacher sees them.
 * @param degreesPerPresentation how far from one presentation to the next
 */
export function rotatingTeacher(
  { inputs, teacherNeurons, outputs }: TeacherShape,
  degreesPerPresentation: number,
  random: Random,
): StaticTask {
  const teacher = MultilayerNetwork.random([inputs, teacherNeurons, outputs], tanh, random);
  const plane = randomPlane(inputs, random);
  const answer = (drawn: Matrix, presentation: number) => ({
    inputs: drawn,
    targets: teacher.predict(turned(drawn, plane, degreesPerPresentation * presentation)),
  });
  const tested = Matrix.normal(testSamples, inputs, 1, random);
  return {
    inputs,
    outputs,
    hasClasses: false,
    batch: (presentation, samples, from) => answer(Matrix.normal(samples, inputs, 1, from), presentation),
    test: (presentations) => answer(tested, presentations),
  };
}
