// Checks of what sets nudged and incremental predictive coding apart; analysis process.
import { Matrix } from '../../base/matrix.ts';
import { relativeError, slope } from '../../base/vectors.ts';
import { energy, type PredictiveTask, strictParts, withErrors } from '../../phases/predictive-coding.ts';
import {
  afterSettling,
  changesByErrors,
  incrementalVariant,
  nudgedVariant,
  predictiveRule,
  type PredictiveVariant,
  strictVariant,
} from '../../phases/predictive-coding-rules.ts';
import { addChanges } from '../../phases/phase-learner.ts';
import { below, near, type RuleCheck, ruleCheck } from '../check.ts';
import { descent, descentByDifferences, flat } from './reference-gradient.ts';
import { changesOf, smallProblem } from './small-problem.ts';

const held: PredictiveVariant['output'] = () => ({ kind: 'clamped', precision: 1 });

/** Values and weights go down the same energy, both by central differences; @returns the sum of all weight changes. */
function jointDescent(start: PredictiveTask, steps: number, step: number, learningRate: number): Float64Array {
  const task = { ...start, network: start.network.copy() };
  const predictions = task.network.forward(task.inputs);
  const values = predictions.map(({ rates }) => rates.copy());
  values[values.length - 1] = task.targets;
  const cost = () => energy(task, withErrors(strictParts, task, values, strictParts.predict(task, values)));
  const h = 1e-6;
  const total = new Float64Array(flat(task.network.layers).length);
  for (let count = 0; count < steps; count++) {
    const drives = values.slice(0, -1).map(
      (matrix) =>
        new Matrix(
          matrix.rows,
          matrix.columns,
          matrix.values.map((_, at) => {
            const before = matrix.values[at]!;
            matrix.values[at] = before + h;
            const more = cost();
            matrix.values[at] = before - h;
            const less = cost();
            matrix.values[at] = before;
            return (less - more) / (2 * h);
          }),
        ),
    );
    const change = descentByDifferences(task.network, () => cost() / task.inputs.rows).map(
      (each) => learningRate * each,
    );
    drives.forEach((drive, index) => {
      values[index] = values[index]!.plus(drive.scaled(step));
    });
    let at = 0;
    for (const { weights, biases } of task.network.layers) {
      for (const array of [weights.values, biases]) {
        for (let index = 0; index < array.length; index++) {
          array[index]! += change[at]!;
          total[at]! += change[at]!;
          at++;
        }
      }
    }
  }
  return total;
}

export const predictiveVariantChecks: readonly RuleCheck[] = [
  ruleCheck<PredictiveVariant>({
    id: 'predictive-coding-nudged-is-weak-output',
    rules: ['predictive-coding-nudged', 'predictive-coding'],
    title: 'An output pulled with strength β learns as one held with precision β / (1 + β)',
    source: 'The free output taken out of the energy of Whittington & Bogacz 2017',
    gate: 'relative difference < 1e-9',
    subject: nudgedVariant,
    measure(variant) {
      const problem = smallProblem(5, [6, 8, 7, 3], 5);
      const beta = 0.4;
      const settling = { settlingSteps: 3000, settlingStep: 0.2, restTolerance: 1e-14 };
      const own = changesOf(predictiveRule(variant), problem, { nudging: beta, ...settling });
      const outputPrecision = beta / (1 + beta);
      const wanted = changesOf(predictiveRule(strictVariant), problem, { outputPrecision, ...settling });
      return below(
        relativeError(
          own.map((each) => each * (1 + beta)),
          wanted,
        ),
        1e-9,
      );
    },
    mutants: {
      'output held at the target': { ...nudgedVariant, output: held },
      'output held at the target with precision β': {
        ...nudgedVariant,
        output: ({ beta }) => ({ kind: 'clamped', precision: beta! }),
      },
      'pull not scaled by β': { ...nudgedVariant, output: () => ({ kind: 'nudged', beta: 1 }) },
    },
  }),
  ruleCheck<PredictiveVariant>({
    id: 'predictive-coding-nudged-tends-to-backpropagation',
    rules: ['predictive-coding-nudged'],
    title: 'The error of nudged predictive coding to the gradient is in proportion to β',
    source: 'As for weak outputs of strict predictive coding',
    gate: 'slope of logarithms 1 ± 0.1 from β 0.01 to 0.001',
    subject: nudgedVariant,
    measure(variant) {
      const problem = smallProblem(6, [6, 8, 7, 3], 5);
      const wanted = flat(descent(problem.network, problem.inputs, problem.targets));
      const strengths = [0.01, 0.003, 0.001];
      const errors = strengths.map((nudging) =>
        relativeError(
          changesOf(predictiveRule(variant), problem, {
            nudging,
            settlingSteps: 800,
            settlingStep: 0.3,
            restTolerance: 1e-10 * nudging,
          }),
          wanted,
        ),
      );
      return near(
        slope(strengths.map(Math.log), errors.map(Math.log)),
        1,
        0.1,
        `${errors.at(-1)!.toExponential(1)} at 0.001`,
      );
    },
    mutants: {
      'output held at the target': { ...nudgedVariant, output: held },
      'pushed away from the target': {
        ...nudgedVariant,
        output: ({ beta }) => ({ kind: 'nudged', beta: -beta! }),
      },
      'β not taken out of the change': {
        ...nudgedVariant,
        declaration: { ...nudgedVariant.declaration, on: { step: { w: 'w + eta * error * slope * x' } } },
      },
    },
  }),
  ruleCheck<PredictiveVariant>({
    id: 'predictive-coding-incremental-descends-jointly',
    rules: ['predictive-coding-incremental'],
    title: 'In each step values and weights descend the same energy, both from the errors before it',
    source: 'Salvatori et al. 2024, incremental predictive coding',
    gate: 'relative error to joint descent by central differences < 1e-6 after 8 steps',
    subject: incrementalVariant,
    measure(variant) {
      const problem = smallProblem(7, [3, 5, 4, 2], 3);
      const task = { ...problem, output: { kind: 'clamped', precision: 1 } as const };
      const wanted = jointDescent(task, 8, 0.2, 0.1);
      const own = changesOf(predictiveRule(variant), problem, {
        learningRate: 0.1,
        settlingSteps: 8,
        settlingStep: 0.2,
      });
      return below(relativeError(own, wanted), 1e-6);
    },
    mutants: {
      'learns only when settled': strictVariant,
      'learns the settled error as often as there are steps': {
        ...strictVariant,
        present: (variant, rule, parameters, task) =>
          afterSettling(variant, rule, { ...parameters, learningRate: 0.8 }, task),
      },
      'predictions by the weights from before the presentation': {
        ...incrementalVariant,
        parts: { ...strictParts, follows: false, predict: (task) => task.network.forward(task.inputs) },
      },
      'weights of values that have already moved': {
        ...incrementalVariant,
        present: (variant, rule, parameters, task) => {
          const changes = incrementalVariant.present(variant, rule, parameters, task);
          const network = task.network.copy();
          addChanges(network, changes);
          const values = network.forward(task.inputs).map(({ rates }) => rates);
          const predictions = strictParts.predict(task, values);
          const more = changesByErrors(
            strictParts,
            rule,
            parameters,
            task,
            withErrors(strictParts, task, values, predictions),
          );
          return changes.map((each, index) => ({ ...each, weights: each.weights.plus(more[index]!.weights) }));
        },
      },
    },
  }),
];
