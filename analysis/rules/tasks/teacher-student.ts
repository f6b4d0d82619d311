// A student learns what a random network with one hidden layer of tanh neurons makes of Gaussian inputs; analysis process.
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { tanh } from '../deep/activation.ts';
import { MultilayerNetwork } from '../deep/multilayer-network.ts';
import type { StaticTask } from './static-task.ts';

export interface TeacherShape {
  readonly inputs: number;
  readonly teacherNeurons: number;
  readonly outputs: number;
}

export const testSamples = 1000;

/** Weights of the teacher are normal with variance 1 / senders, biases 0; inputs have variance 1. Every batch is new. */
export function teacherStudent({ inputs, teacherNeurons, outputs }: TeacherShape, random: Random): StaticTask {
  const teacher = MultilayerNetwork.random([inputs, teacherNeurons, outputs], tanh, random);
  const draw = (samples: number, from: Random) => {
    const drawn = Matrix.normal(samples, inputs, 1, from);
    return { inputs: drawn, targets: teacher.predict(drawn) };
  };
  const test = draw(testSamples, random);
  return { inputs, outputs, hasClasses: false, batch: (_, samples, from) => draw(samples, from), test: () => test };
}
