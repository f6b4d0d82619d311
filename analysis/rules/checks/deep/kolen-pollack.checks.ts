// Checks of Kolen-Pollack learning and of the weight mirror; analysis process.
import { weightMirrorFeedback } from '../../../../common/learning-rule/catalogue/weight-mirror.ts';
import { parseRule } from '../../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { angleDegrees, mean, norm, slope } from '../../base/vectors.ts';
import { linear, tanh } from '../../deep/activation.ts';
import { type ErrorFeedback, errorRule, type FeedbackLearning } from '../../deep/error-feedback.ts';
import { kolenPollackParts, learnAsForward } from '../../deep/kolen-pollack.ts';
import { MultilayerNetwork } from '../../deep/multilayer-network.ts';
import { mirror } from '../../deep/weight-mirror.ts';
import { below, type RuleCheck, ruleCheck } from '../check.ts';
import { fullRun, meanRun } from './teacher-student.ts';

/** W − Bᵀ of all layers, one after the other. */
const differences = (network: MultilayerNetwork, feedback: readonly Matrix[]) =>
  feedback.flatMap((connections, layer) => [
    ...network.layers[layer + 1]!.weights.minus(connections.transposed()).values,
  ]);

const withDecay = (decay: (own: number) => number): ErrorFeedback => ({
  ...kolenPollackParts,
  learnFeedback: (learning: FeedbackLearning, signals) =>
    learnAsForward(
      {
        ...learning,
        parameters: { ...learning.parameters, weightDecay: decay(learning.parameters['weightDecay'] ?? 0) },
      },
      signals,
    ),
});

/** Square layers take increments the wrong way round without a complaint. */
const transposedIncrements: ErrorFeedback = {
  ...kolenPollackParts,
  learnFeedback(learning, signals) {
    const before = learning.drawn.map((each) => each.copy());
    learnAsForward(learning, signals);
    learning.drawn.forEach((each, index) => {
      if (each.rows !== each.columns) return;
      const change = each.minus(before[index]!);
      each.values.set(before[index]!.plus(change.transposed()).values);
    });
  },
};

const contraction = ruleCheck({
  id: 'kolen-pollack-contracts',
  rules: ['kolen-pollack'],
  title: 'What forward and feedback weights differ by shrinks by 1 − ηλ in each step, whatever is learned',
  source: 'Kolen & Pollack 1994',
  gate: 'relative error of the difference after 200 steps < 1e-12',
  subject: kolenPollackParts,
  measure(parts) {
    const [learningRate, weightDecay, steps] = [0.05, 0.1, 200];
    const network = MultilayerNetwork.random([8, 8, 8, 4], tanh, new Random(0, 0));
    const learner = errorRule(parts).create(network, { learningRate, weightDecay }, new Random(0, 1));
    const before = differences(network, learner.feedback());
    const data = new Random(0, 2);
    for (let step = 0; step < steps; step++) learner.learn(Matrix.normal(8, 8, 1, data), Matrix.normal(8, 4, 1, data));
    const wanted = before.map((value) => value * (1 - learningRate * weightDecay) ** steps);
    const now = differences(network, learner.feedback());
    return below(norm(now.map((value, index) => value - wanted[index]!)) / norm(wanted), 1e-12);
  },
  mutants: {
    'decay of the forward weights only': withDecay(() => 0),
    'decay of the feedback weights twice': withDecay((own) => 2 * own),
    'increments the wrong way round': transposedIncrements,
  },
});

const alignment = ruleCheck({
  id: 'kolen-pollack-aligns',
  isLong: true,
  rules: ['kolen-pollack'],
  title: 'With a decay of 0.02 the changes of the hidden layers come to be the gradient',
  source: 'Akrout et al. 2019',
  gate: 'both hidden layers < 10° and loss < 0.168 after 3000 steps, mean of 6 seeds; < 75° after 500, 2 seeds',
  subject: kolenPollackParts,
  measure(parts) {
    const early = Math.max(...meanRun(parts, 500, [0, 1]).angles.slice(0, 2));
    if (!(early < 75)) return below(early, 75, 'after 500 steps');
    const { angles, loss } = meanRun(parts, fullRun);
    const value = Math.max(...angles.slice(0, 2));
    return {
      value,
      passes: value < 10 && loss < 0.168,
      note: `${angles.slice(0, 2).map((each) => each.toFixed(1))}°, loss ${loss.toFixed(4)}`,
    };
  },
  mutants: { 'increments the wrong way round': transposedIncrements },
});

const mirrored = ruleCheck({
  id: 'weight-mirror-finds-weights',
  rules: ['weight-mirror', 'weight-mirror-feedback'],
  title: 'Noise through the forward weights shows them to the feedback, the better the longer it lasts',
  source: 'Akrout et al. 2019',
  gate: 'angle to Wᵀ < 4° after 10 000 presentations, and as their number to the power −0.5 ± 0.1',
  subject: weightMirrorFeedback,
  measure(declaration) {
    const rule = parseRule(declaration);
    const counts = [100, 1000, 10_000];
    const angles = counts.map((noiseSamples) => mean([0, 1, 2].map((seed) => mirrorAngle(rule, noiseSamples, seed))));
    const power = slope(counts.map(Math.log), angles.map(Math.log));
    return {
      value: angles[2]!,
      passes: angles[2]! < 4 && Math.abs(power + 0.5) <= 0.1,
      note: `${angles.map((each) => each.toFixed(1))}°, power ${power.toFixed(2)}`,
    };
  },
  mutants: {
    'means not taken away': {
      ...weightMirrorFeedback,
      on: { step: { w: 'w + eta_feedback * y * x - lambda * w' } },
    },
  },
});

function mirrorAngle(rule: Parameters<typeof mirror>[0], noiseSamples: number, seed: number): number {
  const random = new Random(seed, 0);
  const weights = Matrix.normal(10, 15, 1 / Math.sqrt(15), random);
  const layer = { weights, biases: Float64Array.from({ length: 10 }, () => random.normal()), activation: linear };
  const connections = new Matrix(15, 10);
  // A rate and a decay of 1 make the connections what this one phase says.
  const parameters = { feedbackRate: 1, feedbackDecay: 1, noiseSamples, meanTimeConstantMilliseconds: 1e6 };
  mirror(rule, parameters, connections, layer, new Random(seed, 1));
  return angleDegrees(connections.values, weights.transposed().values);
}

export const kolenPollackChecks: readonly RuleCheck[] = [contraction, alignment, mirrored];
