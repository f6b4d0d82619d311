// Checks of predictive coding: fixed predictions, settled values, and what settling does to the energy; analysis process.
import type { RuleParameters } from '../../../../common/learning-rule/apply-rule.ts';
import { relativeError, slope } from '../../base/vectors.ts';
import { energy, type PredictiveParts, settleValues, strictParts } from '../../phases/predictive-coding.ts';
import {
  fixedVariant,
  predictiveRule,
  type PredictiveVariant,
  strictVariant,
} from '../../phases/predictive-coding-rules.ts';
import { below, near, type RuleCheck, ruleCheck } from '../check.ts';
import { descent, descentByDifferences, flat } from './reference-gradient.ts';
import { changesOf, smallProblem } from './small-problem.ts';

const deep = () => smallProblem(2, [10, 20, 15, 5], 8);

/** @returns the relative error of a variant's change against backpropagation. */
function errorToGradient(variant: PredictiveVariant, parameters: RuleParameters): number {
  const problem = deep();
  const { network, inputs, targets } = problem;
  return relativeError(
    changesOf(predictiveRule(variant), problem, { restTolerance: 0, ...parameters }),
    flat(descent(network, inputs, targets)),
  );
}

const withParts = (variant: PredictiveVariant, change: Partial<PredictiveParts>): PredictiveVariant => ({
  ...variant,
  parts: { ...variant.parts, ...change },
});
const withEquation = (variant: PredictiveVariant, w: string): PredictiveVariant => ({
  ...variant,
  declaration: { ...variant.declaration, on: { step: { w } } },
});

/** Errors come down over weights, but the slope of the activation is forgotten. */
const withoutSlope: PredictiveParts['drive'] = (task, state, index) =>
  index === state.values.length - 1
    ? strictParts.drive(task, state, index)
    : state.errors[index + 1]!.times(task.network.layers[index + 1]!.weights).minus(state.errors[index]!);
const withoutOwn: PredictiveParts['drive'] = (task, state, index) =>
  strictParts.drive(task, state, index).plus(state.errors[index]!);

export const predictiveCodingChecks: readonly RuleCheck[] = [
  ruleCheck<PredictiveVariant>({
    id: 'predictive-coding-fixed-equals-backpropagation',
    rules: ['predictive-coding-fixed'],
    title: 'With fixed predictions and full steps, as many steps as layers give the gradient',
    source: 'Millidge, Tschantz & Buckley 2022; Rosenbaum 2022',
    gate: 'relative error < 1e-12',
    subject: fixedVariant,
    measure: (variant) => below(errorToGradient(variant, { settlingSteps: 3, settlingStep: 1 }), 1e-12),
    mutants: {
      'predictions follow the values': withParts(fixedVariant, { follows: true }),
      'slope of the activation left out on the way down': withParts(fixedVariant, { drive: withoutSlope }),
      'own error left out, so that values run on': withParts(fixedVariant, { drive: withoutOwn }),
      'slope of the receiver left out of the equation': withEquation(fixedVariant, 'w + eta * error * x'),
      'senders at their settled values': withParts(fixedVariant, { sender: strictParts.sender }),
    },
  }),
  ruleCheck<PredictiveVariant>({
    id: 'predictive-coding-fixed-needs-time',
    rules: ['predictive-coding-fixed'],
    title: 'With steps of a tenth, 300 steps give the gradient and 20 are off by some 20 percent',
    source: 'Rosenbaum 2022; measured in the reference notes',
    gate: 'relative error after 300 steps < 1e-11, after 20 steps 0.05 to 0.5',
    subject: fixedVariant,
    measure(variant) {
      const late = errorToGradient(variant, { settlingSteps: 300, settlingStep: 0.1 });
      const early = errorToGradient(variant, { settlingSteps: 20, settlingStep: 0.1 });
      return {
        value: late,
        passes: late < 1e-11 && early > 0.05 && early < 0.5,
        note: `after 20 steps ${early.toFixed(3)}`,
      };
    },
    mutants: {
      'length of the step not heeded': withParts(fixedVariant, {
        drive: (task, state, index) => strictParts.drive(task, state, index).scaled(10),
      }),
      'values pulled to half of their error only': withParts(fixedVariant, {
        drive: (task, state, index) => strictParts.drive(task, state, index).plus(state.errors[index]!.scaled(0.5)),
      }),
    },
  }),
  ruleCheck<PredictiveVariant>({
    id: 'predictive-coding-tends-to-backpropagation',
    rules: ['predictive-coding'],
    title: 'The error to the gradient is in proportion to the precision of the output',
    source: 'Whittington & Bogacz 2017; Millidge, Song, Salvatori, Lukasiewicz & Bogacz 2023, limit of weak output',
    gate: 'slope of logarithms 1 ± 0.1 from precision 0.01 to 0.001, and < 0.01 at 0.001',
    subject: strictVariant,
    measure(variant) {
      const at = (outputPrecision: number) =>
        errorToGradient(variant, {
          outputPrecision,
          settlingSteps: 600,
          settlingStep: 0.3,
          restTolerance: 1e-10 * outputPrecision,
        });
      const precisions = [0.01, 0.003, 0.001];
      const errors = precisions.map(at);
      const rise = slope(precisions.map(Math.log), errors.map(Math.log));
      return {
        ...near(rise, 1, 0.1, `${errors.at(-1)!.toExponential(1)} at 0.001`),
        passes: Math.abs(rise - 1) <= 0.1 && errors.at(-1)! < 0.01,
      };
    },
    mutants: {
      'output held with a precision of 1 and the change scaled': {
        ...strictVariant,
        output: () => ({ kind: 'clamped', precision: 1 }),
      },
      'error of the output made small instead of its precision': {
        ...strictVariant,
        output: () => ({ kind: 'clamped', precision: 1 }),
        present: (variant, rule, parameters, task) => {
          const outputs = task.network.predict(task.inputs);
          const lambda = parameters['outputPrecision']!;
          return strictVariant.present(variant, rule, parameters, {
            ...task,
            targets: outputs.with(task.targets, (output, target) => output + lambda * (target - output)),
          });
        },
      },
      'slope of the activation left out on the way down': withParts(strictVariant, { drive: withoutSlope }),
      'precision not taken out of the change': withEquation(strictVariant, 'w + eta * error * slope * x'),
    },
  }),
  ruleCheck<PredictiveVariant>({
    id: 'predictive-coding-settling-lowers-energy',
    rules: ['predictive-coding', 'predictive-coding-nudged', 'predictive-coding-incremental'],
    title: 'Settling never raises the energy',
    source: 'Whittington & Bogacz 2017: values descend the energy; step below 2 / largest curvature',
    gate: 'largest rise in a step, of the energy, < 1e-12',
    subject: strictVariant,
    measure({ parts }) {
      let worst = -Infinity;
      for (const output of [
        { kind: 'clamped', precision: 1 },
        { kind: 'nudged', beta: 0.5 },
      ] as const) {
        const task = { ...smallProblem(3, [6, 12, 10, 4], 6, { scale: 1.6 }), output };
        const energies: number[] = [];
        settleValues(parts, task, { T: 400, rest: 0, step: 0.05 }, (state) => energies.push(energy(task, state)));
        for (const [index, each] of energies.slice(1).entries())
          worst = Math.max(worst, (each - energies[index]!) / energies[index]!);
      }
      return below(worst, 1e-12);
    },
    mutants: {
      'slope of the activation left out on the way down': withParts(strictVariant, { drive: withoutSlope }),
      'predictions stay as they were': withParts(strictVariant, { follows: false }),
      'own error with the wrong sign': withParts(strictVariant, {
        drive: (task, state, index) => strictParts.drive(task, state, index).plus(state.errors[index]!.scaled(2)),
      }),
    },
  }),
  ruleCheck<PredictiveVariant>({
    id: 'predictive-coding-learns-settled-energy',
    rules: ['predictive-coding'],
    title: 'The change after settling is minus the gradient of the settled energy',
    source: 'Whittington & Bogacz 2017; the envelope theorem at the settled values',
    gate: 'relative error to central differences < 1e-6',
    subject: strictVariant,
    measure(variant) {
      const problem = smallProblem(4, [3, 5, 4, 2], 3);
      const { network, inputs } = problem;
      const settings = { T: 2000, rest: 1e-11, step: 0.2 };
      const task = { ...problem, output: { kind: 'clamped', precision: 1 } as const };
      const settled = () => energy(task, settleValues(strictParts, task, settings)) / inputs.rows;
      const wanted = descentByDifferences(network, settled, 1e-5);
      const own = changesOf(predictiveRule(variant), problem, {
        settlingSteps: 2000,
        settlingStep: 0.2,
        restTolerance: 1e-14,
      });
      return below(relativeError(own, wanted), 1e-6);
    },
    mutants: {
      'learns before values have settled': {
        ...strictVariant,
        present: (variant, rule, parameters, task) =>
          strictVariant.present(variant, rule, { ...parameters, settlingSteps: 3 }, task),
      },
      'slope of the receiver left out of the equation': withEquation(strictVariant, 'w + eta / lambda * error * x'),
      'senders at what was predicted of them, not at their values': {
        ...strictVariant,
        parts: {
          ...strictParts,
          predict: (task) =>
            strictParts.predict(
              task,
              task.network.forward(task.inputs).map(({ rates }) => rates),
            ),
        },
      },
    },
  }),
];
