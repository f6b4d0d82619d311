// The task by which rules for multilayer networks are compared: a student learns what a teacher network does; analysis process.
import type { RuleParameters } from '../../../../common/learning-rule/apply-rule.ts';
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { mean } from '../../base/vectors.ts';
import { tanh } from '../../deep/activation.ts';
import type { DeepLearner, DeepRule } from '../../deep/deep-rule.ts';
import { type ErrorFeedback, errorRule } from '../../deep/error-feedback.ts';
import { gradientAngles } from '../../deep/gradient-angle.ts';
import { MultilayerNetwork, squaredError } from '../../deep/multilayer-network.ts';

const samples = 64;
/** Many times more samples than weights: a student that sees them again and again learns the teacher, not them. */
const batchCount = 500;
export const fullRun = 3000;
export const seeds: readonly number[] = [0, 1, 2, 3, 4, 5];

interface Batch {
  readonly inputs: Matrix;
  readonly targets: Matrix;
}

interface Lesson {
  /** Number `index` of the batches, asked for in order. */
  batch(index: number): Batch;
  /** Not learned from. */
  readonly test: Batch;
}

const lessons = new Map<number, Lesson>();

/** What the teacher of a seed says to 500 batches of 64 normal inputs, the same for every rule. */
function lessonOf(seed: number): Lesson {
  const before = lessons.get(seed);
  if (before !== undefined) return before;
  const teacher = MultilayerNetwork.random([10, 30, 5], tanh, new Random(seed, 10));
  const ask = (inputs: Matrix): Batch => ({ inputs, targets: teacher.predict(inputs) });
  const data = new Random(seed, 2);
  const asked: Batch[] = [];
  const lesson = {
    batch: (index: number) => (asked[index] ??= ask(Matrix.normal(samples, 10, 1, data))),
    test: ask(Matrix.normal(256, 10, 1, new Random(seed, 3))),
  };
  lessons.set(seed, lesson);
  return lesson;
}

/** Teacher 10-30-5, student 10-30-30-5, tanh. */
export function teacherStudent<L extends DeepLearner>(
  rule: { create(...given: Parameters<DeepRule['create']>): L },
  seed: number,
  parameters: RuleParameters = {},
) {
  const { batch, test } = lessonOf(seed);
  const network = MultilayerNetwork.random([10, 30, 30, 5], tanh, new Random(seed, 0));
  const learner = rule.create(network, parameters, new Random(seed, 1));
  let presented = 0;
  return {
    learner,
    learn(steps: number) {
      for (let step = 0; step < steps; step++) {
        const { inputs, targets } = batch(presented++ % batchCount);
        learner.learn(inputs, targets);
      }
    },
    loss: () => squaredError(learner.predict(test.inputs), test.targets),
    angles: (of: DeepLearner = learner) => gradientAngles(of, test.inputs, test.targets),
  };
}

export interface Run {
  readonly loss: number;
  /** To the true gradient, degrees, by layer. */
  readonly angles: readonly number[];
}

const known = new WeakMap<ErrorFeedback, Map<string, Run>>();

/** What a rule has come to after some steps; each run is carried out once, however many checks look at it. */
export function runOf(parts: ErrorFeedback, seed: number, steps: number): Run {
  const runs = known.get(parts) ?? new Map<string, Run>();
  known.set(parts, runs);
  const key = `${seed}/${steps}`;
  const run = runs.get(key) ?? carryOut(parts, seed, steps);
  runs.set(key, run);
  return run;
}

function carryOut(parts: ErrorFeedback, seed: number, steps: number): Run {
  const rule = errorRule(parts);
  const { learner, learn, loss, angles } = teacherStudent(rule, seed);
  learn(steps);
  // Decay of weights is no part of the credit that is compared with the gradient.
  const credit = errorRule({ ...parts, draw: () => learner.feedback(), connections: (drawn) => drawn });
  return { loss: loss(), angles: angles(credit.create(learner.network, { weightDecay: 0 }, new Random(0))) };
}

/** Means over seeds. */
export function meanRun(parts: ErrorFeedback, steps: number, of: readonly number[] = seeds): Run {
  const runs = of.map((seed) => runOf(parts, seed, steps));
  return {
    loss: mean(runs.map(({ loss }) => loss)),
    angles: runs[0]!.angles.map((_, layer) => mean(runs.map(({ angles }) => angles[layer]!))),
  };
}
