// Studies of rules for multilayer networks on static tasks; analysis process.
import type { ScoreDeclaration } from '../../../common/rule-study/study-results.ts';
import type { RuleStudy } from '../../../common/rule-study/study.ts';
import { type StaticTaskDeclaration, staticTasks, type StudyTask } from '../../../common/rule-study/task.ts';
import type { CurvePoint } from '../../../common/rule-study/unit-result.ts';
import { Matrix } from '../base/matrix.ts';
import { Random } from '../base/random.ts';
import { activations } from '../deep/activation.ts';
import { negativeGradient } from '../deep/backpropagation.ts';
import type { DeepLearner, DeepRule } from '../deep/deep-rule.ts';
import { MultilayerNetwork, squaredError } from '../deep/multilayer-network.ts';
import { type Samples, scoreOfClasses, scoreOfLoss, type StaticTask } from '../tasks/static-task.ts';
import { makeStaticTask } from '../tasks/static-tasks.ts';
import { angleToGradient } from '../base/angle-to-gradient.ts';
import { isDiverged } from './divergence.ts';
import type { StudyKind, UnitFindings, UnitRun } from './study-kind.ts';

/** Each use of a seed has random numbers of its own: feedback must not be drawn like forward weights. */
const streams = { task: 1, network: 2, rule: 3, batches: 4 } as const;

/** @param control what only trains the outputs */
export function supervisedKind(rules: readonly DeepRule[], control: DeepRule): StudyKind {
  const byName = new Map([...rules, control].map((rule) => [rule.declaration.name, rule]));
  return {
    tasks: staticTasks.map((task) => task.shape.kind.value),
    rules: rules.map(({ declaration }) => declaration).filter((each) => each !== control.declaration),
    control: control.declaration,
    scoreOf: (study) => scoreOf(taskOf(study, 0)),
    layersOf: (study) => layersOf(study, taskOf(study, 0)),
    run(run) {
      const rule = byName.get(run.rule);
      if (rule === undefined) throw new RangeError(`There is no rule '${run.rule}' for multilayer networks`);
      return runUnit(rule, run);
    },
  };
}

function taskOf({ task }: RuleStudy, seed: number): StaticTask {
  if (!isStatic(task)) throw new RangeError(`'${task.kind}' is no task of single samples`);
  return makeStaticTask(task, new Random(seed, streams.task));
}

const isStatic = (task: StudyTask): task is StaticTaskDeclaration =>
  staticTasks.some(({ shape }) => shape.kind.value === task.kind);

const scoreOf = ({ hasClasses }: StaticTask): ScoreDeclaration => (hasClasses ? scoreOfClasses : scoreOfLoss);

const layersOf = ({ network }: RuleStudy, { inputs, outputs }: StaticTask) => [
  inputs,
  ...network.hiddenNeurons,
  outputs,
];

function runUnit(rule: DeepRule, { study, unit, parameters, onProgress, now }: UnitRun): UnitFindings {
  const task = taskOf(study, unit.seed);
  const network = MultilayerNetwork.random(
    layersOf(study, task),
    activations[study.network.activation],
    new Random(unit.seed, streams.network),
  );
  const learner = rule.create(network, parameters, new Random(unit.seed, streams.rule));
  const batches = new Random(unit.seed, streams.batches);
  const { presentations, batchSamples, evaluateEveryPresentations } = study;
  const startedMs = now();
  let learningMs = 0;
  let samples = 0;
  const curve = [evaluate(learner, task, study, 0)];
  let done = 0;
  while (done < presentations && !isDiverged(curve.at(-1)!.loss)) {
    const until = Math.min(presentations, done + evaluateEveryPresentations);
    for (; done < until; done++) {
      const { inputs, targets } = task.batch(done, batchSamples, batches);
      const learningFromMs = now();
      learner.learn(inputs, targets);
      learningMs += now() - learningFromMs;
      samples += inputs.rows;
    }
    curve.push(evaluate(learner, task, study, done));
    onProgress(done / presentations);
  }
  const synapses = network.layers.reduce((sum, { weights }) => sum + weights.values.length, 0);
  return {
    curve,
    score: curve.at(-1)!.score,
    synapses,
    measured: {
      nanosecondsPerSynapse: (1e6 * learningMs) / samples / synapses,
      seconds: (now() - startedMs) / 1000,
    },
  };
}

function evaluate(
  learner: DeepLearner,
  task: StaticTask,
  { batchSamples }: RuleStudy,
  presentations: number,
): CurvePoint {
  const test = task.test(presentations);
  const outputs = learner.predict(test.inputs);
  const loss = squaredError(outputs, test.targets);
  if (isDiverged(loss)) return { presentations, loss, score: loss, anglesDegrees: [] };
  const score = task.hasClasses ? percentRight(outputs, test.targets) : loss;
  return { presentations, loss, score, anglesDegrees: anglesToGradient(learner, firstOf(test, batchSamples)) };
}

/** The largest output is the answer; of a single one its sign. */
function percentRight(outputs: Matrix, targets: Matrix): number {
  let right = 0;
  for (let sample = 0; sample < outputs.rows; sample++) {
    const [answer, wanted] = [outputs.row(sample), targets.row(sample)];
    right += Number(answer.length === 1 ? answer[0]! > 0 === wanted[0]! > 0 : largest(answer) === largest(wanted));
  }
  return (100 * right) / outputs.rows;
}

function largest(values: Float64Array): number {
  let best = 0;
  values.forEach((value, index) => {
    if (value > values[best]!) best = index;
  });
  return best;
}

function firstOf({ inputs, targets }: Samples, samples: number): Samples {
  const first = (matrix: Matrix) => {
    const rows = Math.min(samples, matrix.rows);
    return new Matrix(rows, matrix.columns, matrix.values.slice(0, rows * matrix.columns));
  };
  return { inputs: first(inputs), targets: first(targets) };
}

function anglesToGradient(learner: DeepLearner, { inputs, targets }: Samples): (number | null)[] {
  const downhill = negativeGradient(learner.network, inputs, targets).map(({ weights }) => weights.values);
  return learner
    .changes(inputs, targets)
    .map(({ weights: { values } }, layer) => angleToGradient(values, downhill[layer]!));
}
