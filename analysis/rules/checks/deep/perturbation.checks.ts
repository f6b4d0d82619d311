// Checks of node and weight perturbation: the mean of many draws is the gradient, and comes to it as fast as it can; analysis process.
import { weightPerturbation as ofWeights } from '../../../../common/learning-rule/catalogue/perturbation.ts';
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { angleDegrees, dot } from '../../base/vectors.ts';
import { negativeGradient } from '../../deep/backpropagation.ts';
import type { DeepRule } from '../../deep/deep-rule.ts';
import {
  nodePerturbationParts,
  nodePerturbationRule,
  weightPerturbationParts,
  weightPerturbationRule,
} from '../../deep/perturbation.ts';
import { type RuleCheck, ruleCheck } from '../check.ts';
import { flatAll, randomTask } from './multilayer-tasks.ts';

interface MeanOfDraws {
  /** To the gradient. */
  readonly angle: number;
  /** On the gradient, in its own length. */
  readonly projection: number;
  /** Of weights and biases. */
  readonly numbers: number;
}

function meanOfDraws(
  rule: DeepRule,
  sizes: readonly number[],
  samples: number,
  draws: number,
  noiseDeviation: number,
): MeanOfDraws {
  const { network, inputs, targets } = randomTask(sizes, samples, 5);
  const gradient = flatAll(negativeGradient(network, inputs, targets));
  const learner = rule.create(network, { learningRate: 1, noiseDeviation }, new Random(5, 1));
  const sum = new Float64Array(gradient.length);
  for (let draw = 0; draw < draws; draw++)
    flatAll(learner.changes(inputs, targets)).forEach((value, index) => (sum[index]! += value / draws));
  return {
    angle: angleDegrees(sum, gradient),
    projection: dot(sum, gradient) / dot(gradient, gradient),
    numbers: gradient.length,
  };
}

const node = ruleCheck<DeepRule>({
  id: 'node-perturbation-is-the-gradient',
  rules: ['node-perturbation'],
  title: 'The mean of 1000 draws has the direction and the length of the gradient',
  source: 'Fiete & Seung 2006; learning rules, test NP',
  gate: 'angle < 12°, projection on the gradient 1 ± 0.05',
  subject: nodePerturbationRule(nodePerturbationParts),
  measure(rule) {
    const { angle, projection } = meanOfDraws(rule, [10, 20, 15, 5], 32, 1000, 1e-3);
    return {
      value: angle,
      passes: angle < 12 && Math.abs(projection - 1) <= 0.05,
      note: `projection ${projection.toFixed(3)}`,
    };
  },
  mutants: {
    'synapses remember other noise than entered': nodePerturbationRule(withOtherNoise()),
    'cost not counted in standard deviations of the noise': nodePerturbationRule({
      ...nodePerturbationParts,
      declaration: { ...nodePerturbationParts.declaration, on: { step: { w: 'w - eta * cost * xi * x' } } },
    }),
  },
});

function withOtherNoise(): typeof nodePerturbationParts {
  const random = new Random(5, 7);
  return {
    ...nodePerturbationParts,
    perturbed: (network, inputs, noise, deviation) =>
      nodePerturbationParts.perturbed(
        network,
        inputs,
        noise.map(({ rows, columns }) => Matrix.normal(rows, columns, 1, random)),
        deviation,
      ),
  };
}

const draws = 5000;

const weight = ruleCheck<DeepRule>({
  id: 'weight-perturbation-is-the-gradient',
  rules: ['weight-perturbation'],
  title: 'The mean of K draws in N weights is as far from the gradient as it must be',
  source: 'learning rules, test WP: angle atan √((N + 1) / K)',
  gate: 'angle within 10 % of the formula, projection on the gradient 1 ± 0.05; K = 5000',
  subject: weightPerturbationRule(weightPerturbationParts),
  measure(rule) {
    const { angle, projection, numbers } = meanOfDraws(rule, [8, 10, 4], 16, draws, 1e-4);
    const wanted = (Math.atan(Math.sqrt((numbers + 1) / draws)) * 180) / Math.PI;
    return {
      value: angle / wanted,
      passes: Math.abs(angle / wanted - 1) <= 0.1 && Math.abs(projection - 1) <= 0.05,
      note: `${angle.toFixed(2)}° for ${wanted.toFixed(2)}°, projection ${projection.toFixed(3)}`,
    };
  },
  mutants: {
    'noise not counted in its standard deviations': weightPerturbationRule({
      ...weightPerturbationParts,
      declaration: { ...ofWeights, on: { step: { w: 'w - eta * cost * xi' } } },
    }),
    'only the first layer varies': weightPerturbationRule({
      ...weightPerturbationParts,
      varied: (network, variation, deviation) =>
        weightPerturbationParts.varied(
          network,
          variation.map(({ weights, biases }, layer) => ({
            weights: weights.scaled(layer === 0 ? 1 : 0),
            biases: layer === 0 ? biases : new Float64Array(biases.length),
          })),
          deviation,
        ),
    }),
  },
});

export const perturbationChecks: readonly RuleCheck[] = [node, weight];
