// Checks that rules learn: losses of whole runs, and always against the same rule with its hidden layers held; analysis process.
import { backpropagationParts } from '../../deep/backpropagation.ts';
import type { DeepRule } from '../../deep/deep-rule.ts';
import type { ErrorFeedback } from '../../deep/error-feedback.ts';
import { directFeedbackAlignmentParts, feedbackAlignmentParts } from '../../deep/feedback-alignment.ts';
import { forwardForward } from '../../deep/forward-forward.ts';
import { kolenPollackParts } from '../../deep/kolen-pollack.ts';
import { nodePerturbation, weightPerturbation } from '../../deep/perturbation.ts';
import { readoutOnlyParts } from '../../deep/readout-only.ts';
import { fixedSignSymmetricParts, redrawnSignSymmetric, uniformSignSymmetric } from '../../deep/sign-symmetric.ts';
import {
  differenceTargetPropagation,
  directLinearFeedback,
  localDifferenceReconstruction,
} from '../../deep/target-propagation.ts';
import { weightMirror } from '../../deep/weight-mirror.ts';
import { below, type Measurement, type RuleCheck, ruleCheck } from '../check.ts';
import { fullRun, meanRun, teacherStudent } from './teacher-student.ts';

/** Losses that a pilot found, learning rules, test 2.2. */
const finalLosses: readonly (readonly [ErrorFeedback, number])[] = [
  [backpropagationParts, 0.039],
  [directFeedbackAlignmentParts, 0.035],
  [fixedSignSymmetricParts, 0.055],
  [feedbackAlignmentParts, 0.073],
  [kolenPollackParts, 0.112],
];

const whole = finalLosses.map(([parts, pilot]) =>
  ruleCheck<ErrorFeedback>({
    id: `${parts.declaration.name}-final-loss`,
    isLong: true,
    rules: [parts.declaration.name],
    title: 'A student comes as near to its teacher as it should, and nearer than one whose readout alone learns',
    source: 'learning rules, test 2.2',
    gate: `loss < 0.8 of the readout alone, 2 seeds; < ${(1.5 * pilot).toFixed(4)}, mean of 6 seeds; 3000 steps`,
    subject: parts,
    measure(each) {
      const [own, control] = [each, readoutOnlyParts].map((one) => meanRun(one, fullRun, [0, 1]).loss);
      const note = `readout alone ${control!.toFixed(4)}`;
      if (!(own! < 0.8 * control!)) return below(own!, 0.8 * control!, note);
      return below(meanRun(each, fullRun).loss, 1.5 * pilot, note);
    },
    mutants: { 'the readout alone learns': readoutOnlyParts },
  }),
);

/** A rule whose hidden layers stay as they are drawn. */
const hiddenHeld = (rule: DeepRule): DeepRule => ({
  ...rule,
  create(...given) {
    const learner = rule.create(...given);
    return {
      ...learner,
      learn(inputs, targets) {
        const hidden = learner.network.layers.slice(0, -1);
        const before = hidden.map(({ weights, biases }) => ({ weights: weights.copy(), biases: biases.slice() }));
        learner.learn(inputs, targets);
        hidden.forEach(({ weights, biases }, index) => {
          weights.values.set(before[index]!.weights.values);
          biases.set(before[index]!.biases);
        });
      },
    };
  },
});

const known = new WeakMap<DeepRule, number>();

function lossAfter(rule: DeepRule, steps: number): number {
  const { learn, loss } = teacherStudent(rule, 0);
  learn(steps);
  return loss();
}

const learns = (rule: DeepRule, steps: number) => {
  const held = hiddenHeld(rule);
  return ruleCheck<DeepRule>({
    id: `${rule.declaration.name}-learns-in-hidden-layers`,
    isLong: true,
    rules: [rule.declaration.name],
    title: 'A student comes nearer to its teacher than with the same rule and hidden layers that are held',
    source: 'learning rules, test 2.2',
    gate: `loss < 0.85 of that with hidden layers held; ${steps} steps`,
    subject: rule,
    measure(each): Measurement {
      const control = known.get(held) ?? lossAfter(held, steps);
      known.set(held, control);
      const loss = each === held ? control : lossAfter(each, steps);
      return {
        value: loss / control,
        passes: loss < 0.85 * control,
        note: `${loss.toFixed(4)} and ${control.toFixed(4)}`,
      };
    },
    mutants: { 'hidden layers are held': held },
  });
};

export const behaviourChecks: readonly RuleCheck[] = [
  ...whole,
  ...[
    uniformSignSymmetric,
    redrawnSignSymmetric,
    weightMirror,
    differenceTargetPropagation,
    directLinearFeedback,
    localDifferenceReconstruction,
    forwardForward,
    nodePerturbation,
    weightPerturbation,
  ].map((rule) => learns(rule, 600)),
];
