// Checks of target propagation and its kin; analysis process.
import {
  differenceReconstruction,
  localDifferenceFeedback,
  reconstruction,
} from '../../../../common/learning-rule/catalogue/reconstruction.ts';
import { differenceTargetPropagation as declared } from '../../../../common/learning-rule/catalogue/target-propagation.ts';
import { pseudoInverse, solve, identity } from '../../base/linear-equations.ts';
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { angleDegrees, norm, relativeError } from '../../base/vectors.ts';
import { linear, tanh } from '../../deep/activation.ts';
import { backpropagation } from '../../deep/backpropagation.ts';
import { type LayerActivity, MultilayerNetwork, respond, slopesOf } from '../../deep/multilayer-network.ts';
import { differenceReconstructionBy, localDifferenceBy, reconstructionBy } from '../../deep/target-feedback.ts';
import { differenceTargetPropagationParts, differenceTargets, plainTargets } from '../../deep/target-propagation.ts';
import { type Backward, type TargetParts, targetRule } from '../../deep/target-rule.ts';
import { below, type RuleCheck, ruleCheck } from '../check.ts';
import { flatAll, largest, randomTask } from './multilayer-tasks.ts';

/** As many neurons in each layer, and weights far from having no inverse. */
function invertible(seed: number): MultilayerNetwork {
  const random = new Random(seed, 0);
  return new MultilayerNetwork(
    [tanh, tanh, linear].map((activation) => ({
      weights: identity(6).plus(Matrix.normal(6, 6, 0.15, random)),
      biases: Float64Array.from({ length: 6 }, () => 0.1 * random.normal()),
      activation,
    })),
  );
}

/** What undoes the layer above each hidden layer. @param miss added to what feedback makes: how far it is from exact */
const undoing =
  (network: MultilayerNetwork, miss: number): Backward =>
  (layer, above) => {
    const { weights, biases, activation } = network.layers[layer + 1]!;
    const drive = above.map(
      (rate, index) => (activation === linear ? rate : Math.atanh(rate)) - biases[index % biases.length]!,
    );
    return solve(weights, drive.transposed())
      .transposed()
      .map((rate) => rate + miss);
  };

/** What Gauss and Newton would change of each hidden layer's rates: J⁺ e, J from the layer to the output. */
function gaussNewton(network: MultilayerNetwork, activities: readonly LayerActivity[], outputError: Matrix): Matrix[] {
  return activities.slice(0, -1).map(({ rates }, hidden) => {
    const out = new Matrix(rates.rows, rates.columns);
    for (let sample = 0; sample < rates.rows; sample++) {
      let jacobian = identity(rates.columns);
      for (let layer = hidden + 1; layer < network.layers.length; layer++) {
        const slopes = slopesOf(network.layers[layer]!, activities[layer]!).row(sample);
        const { weights } = network.layers[layer]!;
        jacobian = weights
          .map((weight, index) => weight * slopes[Math.floor(index / weights.columns)]!)
          .times(jacobian);
      }
      const error = new Matrix(outputError.columns, 1, outputError.row(sample).slice());
      out.row(sample).set(pseudoInverse(jacobian).times(error).values);
    }
    return out;
  });
}

const gaussNewtonCheck = (
  name: string,
  miss: number,
  subject: TargetParts['targets'],
  mutants: Readonly<Record<string, TargetParts['targets']>>,
) =>
  ruleCheck<TargetParts['targets']>({
    id: `${name}-is-gauss-newton`,
    rules: [name],
    title:
      miss === 0
        ? 'Feedback that undoes the forward way gives hidden layers the targets of Gauss and Newton'
        : 'With the difference that holds even when feedback undoes the forward way but for a constant',
    source: 'Meulemans et al. 2020',
    gate: 'relative error of (h − t) / step against J⁺ e < 1e-6',
    subject,
    measure(targets) {
      const step = 1e-7;
      const network = invertible(6);
      const activities = network.forward(Matrix.normal(5, 6, 0.5, new Random(6, 2)));
      const outputError = Matrix.normal(5, 6, 1, new Random(6, 3));
      const top = activities.at(-1)!.rates.minus(outputError.scaled(step));
      const found = targets(undoing(network, miss), activities, top);
      const wanted = gaussNewton(network, activities, outputError);
      const flatten = (all: readonly Matrix[]) => all.flatMap(({ values }) => [...values]);
      const deltas = wanted.map((_, layer) => activities[layer]!.rates.minus(found[layer]!).scaled(1 / step));
      return below(relativeError(flatten(deltas), flatten(wanted)), 1e-6);
    },
    mutants,
  });

const towards: TargetParts['targets'] = (backward, activities, top) =>
  differenceTargets(backward, activities, top.scaled(-1).plus(activities.at(-1)!.rates.scaled(2)));

const plain = gaussNewtonCheck('target-propagation', 0, plainTargets, {
  'target on the other side of the output': (backward, activities, top) =>
    plainTargets(backward, activities, top.scaled(-1).plus(activities.at(-1)!.rates.scaled(2))),
});
const differences = gaussNewtonCheck('difference-target-propagation', 0.01, differenceTargets, {
  'no difference': plainTargets,
  'target on the other side of the output': towards,
});

const correction = ruleCheck<TargetParts['targets']>({
  id: 'difference-target-propagation-corrects',
  rules: ['difference-target-propagation', 'local-difference-reconstruction'],
  title: 'Where the output is its own target every hidden layer is too, whatever feedback makes of it',
  source: 'Lee et al. 2015',
  gate: 'largest |t − h| < 1e-10',
  subject: differenceTargets,
  measure(targets) {
    const { network, inputs } = randomTask([5, 7, 6, 4], 6, 7);
    const activities = network.forward(inputs);
    const feedback = differenceTargetPropagationParts.draw(network, {}, new Random(7, 1));
    const found = targets(
      (layer, rates) => respond(feedback[layer]!, rates).rates,
      activities,
      activities.at(-1)!.rates,
    );
    return below(largest(found.flatMap((each, layer) => [...each.minus(activities[layer]!.rates).values])), 1e-10);
  },
  mutants: {
    'sign of the correction': (backward, activities, top) => {
      const found = [top];
      for (let layer = activities.length - 2; layer >= 0; layer--)
        found.unshift(
          backward(layer, found[0]!)
            .plus(backward(layer, activities[layer + 1]!.rates))
            .minus(activities[layer]!.rates),
        );
      return found;
    },
    'no correction': plainTargets,
  },
});

type FeedbackLearning = TargetParts['learnFeedback'];

const reconstructing = ruleCheck<FeedbackLearning>({
  id: 'reconstruction-undoes',
  rules: ['difference-target-propagation', 'target-propagation', 'reconstruction-feedback'],
  title: 'Feedback that learns to reconstruct comes to undo a layer that can be undone, to the last digits',
  source: 'Lee et al. 2015',
  gate: 'largest |g(f(h)) − h| < 1e-10 for a linear layer',
  subject: reconstructionBy(reconstruction),
  measure(learnFeedback) {
    const { layers } = invertible(8);
    const network = new MultilayerNetwork(layers.slice(1).map((layer) => ({ ...layer, activation: linear })));
    const feedback = [{ weights: identity(6, 0.5), biases: new Float64Array(6), activation: linear }];
    const random = new Random(8, 1);
    const parameters = { feedbackRate: 0.2, noiseDeviation: 1 };
    for (let step = 0; step < 2000; step++)
      learnFeedback({ parameters, network, feedback, random }, network.forward(Matrix.normal(16, 6, 1, random)));
    const [{ rates }, { rates: above }] = network.forward(Matrix.normal(16, 6, 1, random)) as [
      LayerActivity,
      LayerActivity,
    ];
    return below(largest(respond(feedback[0]!, above).rates.minus(rates).values), 1e-10);
  },
  mutants: {
    'a decay of feedback besides': reconstructionBy({
      ...reconstruction,
      on: { step: { w: 'w - eta_feedback * ((guess - wanted) * slope * x + 0.01 * w)' } },
    }),
    'feedback follows the sum instead of the difference': reconstructionBy({
      ...reconstruction,
      on: { step: { w: 'w - eta_feedback * (guess + wanted) * slope * x' } },
    }),
  },
});

/** A hidden layer of 6 and a linear one of 10 above it; feedback between them learns alone. */
function learnedFeedback(learnFeedback: FeedbackLearning, parameters: Readonly<Record<string, number>>, steps: number) {
  const network = MultilayerNetwork.random([5, 6, 10], tanh, new Random(9, 0));
  const random = new Random(9, 1);
  const weights = Matrix.normal(6, 10, 0.3, random);
  const feedback = [{ weights, biases: new Float64Array(6), activation: linear }];
  for (let step = 0; step < steps; step++)
    learnFeedback({ parameters, network, feedback, random }, network.forward(Matrix.normal(16, 5, 1, random)));
  return { found: weights, forward: network.layers[1]!.weights };
}

const local = ruleCheck<FeedbackLearning>({
  id: 'local-difference-reconstruction-finds-the-transpose',
  rules: ['local-difference-reconstruction', 'local-difference-reconstruction-feedback'],
  title: 'Feedback of a linear layer comes to be its transpose, in direction and size',
  source: 'Ernoult et al. 2022',
  gate: 'angle to Wᵀ < 8°, ratio of norms 0.95 to 1.05',
  subject: localDifferenceBy(localDifferenceFeedback),
  measure(learnFeedback) {
    const { found, forward } = learnedFeedback(learnFeedback, { feedbackRate: 0.02, noiseDeviation: 0.1 }, 1500);
    const angle = angleDegrees(found.values, forward.transposed().values);
    const ratio = norm(found.values) / norm(forward.values);
    return {
      value: angle,
      passes: angle < 8 && ratio > 0.95 && ratio < 1.05,
      note: `ratio of norms ${ratio.toFixed(3)}`,
    };
  },
  mutants: {
    'reconstruction alone': reconstructionBy(reconstruction),
    'nothing against the feedback’s own answer': localDifferenceBy({
      ...localDifferenceFeedback,
      on: { step: { w: 'w + eta_feedback / sigma^2 * noise * difference' } },
    }),
  },
});

const direct = ruleCheck<FeedbackLearning>({
  id: 'direct-linear-feedback-finds-the-damped-inverse',
  rules: ['direct-linear-feedback', 'difference-reconstruction-feedback'],
  title: 'Direct feedback comes to be the damped pseudo-inverse of the way to the output',
  source: 'Meulemans et al. 2020: Jᵀ (J Jᵀ + λ)⁻¹',
  gate: 'relative error < 0.1 with λ = 0.5',
  subject: differenceReconstructionBy(differenceReconstruction),
  measure(learnFeedback) {
    const parameters = { feedbackRate: 0.02, noiseDeviation: 0.1, feedbackDecay: 0.5 };
    const { found, forward } = learnedFeedback(learnFeedback, parameters, 1500);
    return below(relativeError(found.values, pseudoInverse(forward, 0.5).values), 0.1);
  },
  mutants: {
    'no decay': differenceReconstructionBy({
      ...differenceReconstruction,
      on: { step: { w: 'w - eta_feedback * (guess - noise) / sigma^2 * difference' } },
    }),
    'decay not in the variance of the noise': differenceReconstructionBy({
      ...differenceReconstruction,
      on: { step: { w: 'w - eta_feedback * ((guess - noise) * difference + lambda * w) / sigma^2' } },
    }),
  },
});

const jacobian = ruleCheck<TargetParts>({
  id: 'jacobian-matching-makes-targets-the-gradient',
  rules: ['difference-target-propagation', 'local-difference-reconstruction'],
  title: 'Where the Jacobian of feedback is the transpose of the forward one, the changes are those of backpropagation',
  source: 'Ernoult et al. 2022, Jacobian matching condition',
  gate: 'relative error < 1e-6',
  subject: differenceTargetPropagationParts,
  measure(parts) {
    const { network, inputs, targets } = randomTask([5, 7, 6, 4], 6, 10);
    const activities = network.forward(inputs);
    const transposed: Backward = (layer, above) =>
      above
        .each(slopesOf(network.layers[layer + 1]!, activities[layer + 1]!))
        .times(network.layers[layer + 1]!.weights);
    const learner = targetRule(parts).create(network, { learningRate: 1 }, new Random(10, 1), transposed);
    const wanted = backpropagation.create(network, { learningRate: 1 }, new Random(0)).changes(inputs, targets);
    return below(relativeError(flatAll(learner.changes(inputs, targets)), flatAll(wanted)), 1e-6);
  },
  mutants: {
    'step of the target not divided out': {
      ...differenceTargetPropagationParts,
      declaration: { ...declared, on: { step: { w: 'w - eta * (y - target) * slope * x' } } },
    },
    'sign of the correction': {
      ...differenceTargetPropagationParts,
      targets: (backward, activities, top) =>
        differenceTargets((layer, rates) => backward(layer, rates).scaled(-1), activities, top),
    },
  },
});

export const targetPropagationChecks: readonly RuleCheck[] = [
  plain,
  differences,
  correction,
  reconstructing,
  local,
  direct,
  jacobian,
];
