// Checks of what the reference and all rules with descent have in common: finite differences, zero signal, direction; analysis process.
import { backpropagation as declared } from '../../../../common/learning-rule/catalogue/backpropagation.ts';
import { nodePerturbation as perturbation } from '../../../../common/learning-rule/catalogue/perturbation.ts';
import type { RuleDeclaration } from '../../../../common/learning-rule/declaration.ts';
import { Random } from '../../base/random.ts';
import { relativeError } from '../../base/vectors.ts';
import { backpropagation, backpropagationParts } from '../../deep/backpropagation.ts';
import { transposedWeights } from '../../deep/carry-errors.ts';
import type { DeepRule } from '../../deep/deep-rule.ts';
import { errorRule } from '../../deep/error-feedback.ts';
import { directFeedbackAlignmentParts, feedbackAlignmentParts } from '../../deep/feedback-alignment.ts';
import { kolenPollackParts } from '../../deep/kolen-pollack.ts';
import { squaredError } from '../../deep/multilayer-network.ts';
import { nodePerturbationParts, nodePerturbationRule } from '../../deep/perturbation.ts';
import { pepita, pepitaParts, pepitaRule } from '../../deep/pepita.ts';
import {
  fixedSignSymmetricParts,
  redrawnSignSymmetricParts,
  uniformSignSymmetricParts,
} from '../../deep/sign-symmetric.ts';
import { addChange } from '../../deep/synaptic-change.ts';
import {
  differenceTargetPropagation,
  directLinearFeedback,
  localDifferenceReconstruction,
  targetPropagation,
} from '../../deep/target-propagation.ts';
import { weightMirrorParts } from '../../deep/weight-mirror.ts';
import { below, type Measurement, type RuleCheck, ruleCheck } from '../check.ts';
import { flatAll, largest, randomTask, type Task } from './multilayer-tasks.ts';

const finiteDifferences = ruleCheck<DeepRule>({
  id: 'backpropagation-equals-finite-differences',
  rules: ['backpropagation'],
  title: 'The reference is the gradient: central differences of the cost by each weight and bias say the same',
  source: 'learning rules, test G1',
  gate: 'relative error < 1e-6 with steps of 1e-6',
  subject: backpropagation,
  measure(rule) {
    const { network, inputs, targets } = randomTask([4, 6, 5, 3], 7, 0);
    const changes = rule.create(network, { learningRate: 1 }, new Random(0, 1)).changes(inputs, targets);
    return below(relativeError(flatAll(changes), differencesOf({ network, inputs, targets })), 1e-6);
  },
  mutants: {
    'slope of the activation left out of the chain': errorRule({
      ...backpropagationParts,
      carry: (connections, slopes, outputError) =>
        backpropagationParts.carry(
          connections,
          slopes.map((each) => each.map(() => 1)),
          outputError,
        ),
    }),
    'slope of the activation left out of the change': errorRule({
      ...backpropagationParts,
      declaration: { ...declared, on: { step: { w: 'w - eta * error * x' } } },
    }),
    'sum over the batch instead of the mean': {
      ...backpropagation,
      create(...given) {
        const learner = backpropagation.create(...given);
        return {
          ...learner,
          changes: (inputs, targets) =>
            learner.changes(inputs, targets).map(({ weights, biases }) => ({
              weights: weights.scaled(inputs.rows),
              biases: biases.map((bias) => bias * inputs.rows),
            })),
        };
      },
    },
  },
});

/** The negative gradient in the order of `flatAll`. */
function differencesOf({ network, inputs, targets }: Task): Float64Array {
  const step = 1e-6;
  const cost = () => squaredError(network.predict(inputs), targets);
  const by = (values: Float64Array) =>
    Array.from(values, (value, index) => {
      values[index] = value + step;
      const above = cost();
      values[index] = value - step;
      const lower = cost();
      values[index] = value;
      return (lower - above) / (2 * step);
    });
  return Float64Array.from(network.layers.flatMap(({ weights, biases }) => [...by(weights.values), ...by(biases)]));
}

const zeroSignal = (name: string, rule: DeepRule, mutants: Readonly<Record<string, DeepRule>>) =>
  ruleCheck<DeepRule>({
    id: `${name}-rests-at-zero-error`,
    rules: [name],
    title: 'Where the output is the target already, nothing changes',
    source: 'learning rules, test G3',
    gate: 'largest change of any weight < 1e-14',
    subject: rule,
    measure(each) {
      const { network, inputs } = randomTask([5, 7, 6, 3], 8, 1);
      const learner = each.create(network, { weightDecay: 0 }, new Random(1, 1));
      return below(largest(flatAll(learner.changes(inputs, learner.predict(inputs)))), 1e-14);
    },
    mutants,
  });

const errorRules = [
  backpropagationParts,
  feedbackAlignmentParts,
  directFeedbackAlignmentParts,
  uniformSignSymmetricParts,
  fixedSignSymmetricParts,
  redrawnSignSymmetricParts,
  kolenPollackParts,
  weightMirrorParts,
].map((parts) =>
  zeroSignal(parts.declaration.name, errorRule(parts), {
    'an offset in the errors of hidden layers': errorRule({
      ...parts,
      carry: (...given) =>
        parts.carry(...given).map((error, layer) => error.map((value) => value + (layer === 0 ? 1e-3 : 0))),
    }),
  }),
);

const others = [
  ...[differenceTargetPropagation, directLinearFeedback, localDifferenceReconstruction].map((rule) =>
    zeroSignal(rule.declaration.name, rule, { 'targets without the difference': targetPropagation }),
  ),
  zeroSignal('pepita', pepita, {
    'second presentation of the error alone': pepitaRule({
      ...pepitaParts,
      secondInputs: (_, projection, outputError) => outputError.timesTransposed(projection).scaled(-1),
    }),
  }),
];

const flipped = (declaration: RuleDeclaration): RuleDeclaration => ({
  ...declaration,
  on: { step: { w: declaration.on.step!['w']!.replace('w - ', 'w + ') } },
});

const descends = (name: string, draws: number, subject: DeepRule, mutant: DeepRule) =>
  ruleCheck<DeepRule>({
    id: `${name}-descends`,
    rules: [name],
    title: 'A small step lowers the cost of the batch that it was taken from',
    source: 'learning rules, test G4',
    gate: 'in at least 95 of 100 random tasks',
    subject,
    measure: (rule) => descent(rule, draws),
    mutants: { 'sign of the change': mutant },
  });

/** @param draws how many changes are averaged, for rules that draw noise */
function descent(rule: DeepRule, draws: number): Measurement {
  let lowered = 0;
  for (let seed = 0; seed < 100; seed++) {
    const { network, inputs, targets } = randomTask([6, 8, 4], 8, seed);
    const cost = () => squaredError(network.predict(inputs), targets);
    const learner = rule.create(network, { learningRate: 1e-3 / draws, weightDecay: 0 }, new Random(seed, 1));
    const before = cost();
    const changes = Array.from({ length: draws }, () => learner.changes(inputs, targets));
    for (const each of changes) each.forEach((change, layer) => addChange(network.layers[layer]!, change));
    lowered += Number(cost() < before);
  }
  return { value: lowered, passes: lowered >= 95 };
}

const alignedKolenPollack = { ...kolenPollackParts, draw: transposedWeights };
const descents = [
  descends(
    'backpropagation',
    1,
    backpropagation,
    errorRule({ ...backpropagationParts, declaration: flipped(declared) }),
  ),
  descends(
    'kolen-pollack',
    1,
    errorRule(alignedKolenPollack),
    errorRule({ ...alignedKolenPollack, declaration: flipped(kolenPollackParts.declaration) }),
  ),
  descends(
    'node-perturbation',
    30,
    nodePerturbationRule(nodePerturbationParts),
    nodePerturbationRule({ ...nodePerturbationParts, declaration: flipped(perturbation) }),
  ),
];

export const gradientChecks: readonly RuleCheck[] = [finiteDifferences, ...errorRules, ...others, ...descents];
