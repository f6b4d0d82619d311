// Checks of what the rules of this folder have in common: no change at the target, and a lower error after a step; analysis process.
import type { RuleDeclaration } from '../../../../common/learning-rule/declaration.ts';
import { Random } from '../../base/random.ts';
import type { DeepRule } from '../../deep/deep-rule.ts';
import { squaredError } from '../../deep/multilayer-network.ts';
import { burstParts, burstRule } from '../../phases/burst-ensemble.ts';
import { contrastiveRule, movellanParts, weakFeedbackParts } from '../../phases/contrastive-hebbian.ts';
import { equilibriumRule, oneSidedParts, twoSidedParts } from '../../phases/equilibrium-propagation.ts';
import { holomorphicParts, holomorphicRule } from '../../phases/holomorphic-equilibrium-propagation.ts';
import { microcircuitRule, microcircuitRuleParts } from '../../phases/microcircuit-rule.ts';
import {
  fixedVariant,
  incrementalVariant,
  nudgedVariant,
  predictiveRule,
  strictVariant,
} from '../../phases/predictive-coding-rules.ts';
import { vectorFieldParts, vectorFieldRule } from '../../phases/vector-field-equilibrium-propagation.ts';
import { below, type RuleCheck, ruleCheck } from '../check.ts';
import { flat } from './reference-gradient.ts';
import { largest, smallProblem } from './small-problem.ts';

/** A rule of these parts, its equation as it is, or with another. */
interface Family {
  readonly declaration: RuleDeclaration;
  make(declaration: RuleDeclaration): DeepRule;
}

const family = <P extends { readonly declaration: RuleDeclaration }>(
  parts: P,
  rule: (parts: P) => DeepRule,
): Family => ({
  declaration: parts.declaration,
  make: (declaration) => rule({ ...parts, declaration }),
});

/** Each with an equation whose reference is wrong: one phase alone, or an error with a bias. */
const families: readonly (readonly [Family, string])[] = [
  [family(strictVariant, predictiveRule), 'w + eta / lambda * (error + 0.001) * slope * x'],
  [family(fixedVariant, predictiveRule), 'w + eta * (error + 0.001) * slope * x'],
  [family(nudgedVariant, predictiveRule), 'w + eta / beta * (error + 0.001) * slope * x'],
  [family(incrementalVariant, predictiveRule), 'w + eta * (error + 0.001) * slope * x'],
  [family(oneSidedParts, equilibriumRule), 'w + eta / beta * y_nudged * x_nudged'],
  [family(twoSidedParts, equilibriumRule), 'w + eta / (2 * beta) * (y_plus * x_plus - 0.99 * y_minus * x_minus)'],
  [family(holomorphicParts, holomorphicRule), 'w + eta / (N * beta) * (1 + cosine) * y_real * x_real'],
  [family(vectorFieldParts, vectorFieldRule), 'w + eta / beta * y_nudged * x_free'],
  [family(movellanParts, contrastiveRule), 'w + eta * y_clamped * x_clamped'],
  [family(weakFeedbackParts, contrastiveRule), 'w + eta / gamma^above * (y_clamped - 0.99 * y_free) * x_free'],
  [family(microcircuitRuleParts, microcircuitRule), 'w + eta * fired * x'],
  [family(burstParts, burstRule), 'w + eta / kappa * (bursts - 0.5 * events) * x'],
];

/** The rule with targets that are off by a little before it sees them. */
const biased = (rule: DeepRule): DeepRule => ({
  ...rule,
  create(network, parameters, random) {
    const learner = rule.create(network, parameters, random);
    return {
      ...learner,
      changes: (inputs, targets) =>
        learner.changes(
          inputs,
          targets.map((each) => each + 0.001),
        ),
    };
  },
});

export const zeroSignalChecks: readonly RuleCheck[] = families.map(([{ declaration, make }, wrong]) =>
  ruleCheck<DeepRule>({
    id: `${declaration.name}-at-the-target`,
    rules: [declaration.name],
    title: `${declaration.title} changes nothing when outputs are at their targets`,
    source: 'By definition of an error',
    gate: 'largest change < 1e-14',
    subject: make(declaration),
    measure(rule) {
      const { network, inputs } = smallProblem(27, [4, 6, 5, 2], 3, { scale: 0.6 });
      const parameters = { learningRate: 1, nudging: 0.5, settlingSteps: 300, restTolerance: 0, feedbackStrength: 0.5 };
      const learner = rule.create(network, parameters, new Random(28, 1));
      return below(largest(flat(learner.changes(inputs, learner.predict(inputs)))), 1e-14);
    },
    mutants: {
      'targets off by a thousandth': biased(make(declaration)),
      [`equation '${wrong}'`]: make({ ...declaration, on: { step: { w: wrong } } }),
    },
  }),
);

const descending = [strictVariant, fixedVariant, nudgedVariant, incrementalVariant].map((each) =>
  family(each, predictiveRule),
);
const allDescending = [...descending, family(oneSidedParts, equilibriumRule), family(twoSidedParts, equilibriumRule)];

export const descentChecks: readonly RuleCheck[] = allDescending.map(({ declaration, make }) =>
  ruleCheck<DeepRule>({
    id: `${declaration.name}-lowers-the-error`,
    rules: [declaration.name],
    title: `One small step of ${declaration.title.toLowerCase()} lowers the squared error`,
    source: 'Descent of the gradient, or of an energy that is least where the error is',
    gate: 'of 100 random tasks, at least 95',
    subject: make(declaration),
    measure(rule) {
      let lowered = 0;
      for (let seed = 0; seed < 100; seed++) {
        const { network, inputs, targets } = smallProblem(100 + seed, [4, 6, 2], 3, { scale: 0.7 });
        const learner = rule.create(network, { learningRate: 0.005, nudging: 0.05 }, new Random(seed, 2));
        const cost = () => squaredError(learner.predict(inputs), targets);
        const before = cost();
        learner.learn(inputs, targets);
        lowered += Number(cost() < before);
      }
      return { value: lowered, passes: lowered >= 95 };
    },
    mutants: { 'sign of the change': make(opposite(declaration)) },
  }),
);

/** The same equation with the learning rate taken away instead of added. */
function opposite(declaration: RuleDeclaration): RuleDeclaration {
  return { ...declaration, on: { step: { w: declaration.on.step!['w']!.replace('w + eta', 'w - eta') } } };
}
