// Checks of contrastive Hebbian learning: what it descends, and when it becomes backpropagation; analysis process.
import { relativeError, angleDegrees, slope } from '../../base/vectors.ts';
import type { Matrix } from '../../base/matrix.ts';
import type { MultilayerNetwork } from '../../deep/multilayer-network.ts';
import {
  type ContrastiveParts,
  contrastiveRule,
  movellanParts,
  weakFeedbackParts,
} from '../../phases/contrastive-hebbian.ts';
import { type Phase, symmetricCoupling } from '../../phases/coupled-network.ts';
import { oneSidedParts, rest } from '../../phases/equilibrium-propagation.ts';
import { below, type RuleCheck, ruleCheck } from '../check.ts';
import { descent, descentByDifferences, flat } from './reference-gradient.ts';
import { changesOf, smallProblem } from './small-problem.ts';

const toRest = { settlingSteps: 2000, restTolerance: 1e-15 };

/** Energy of a network of tanh layers and a linear last one: the integral of the inverse activation less what is wanted; sum over samples. */
function energyAtRest(network: MultilayerNetwork, inputs: Matrix, phase: Phase): number {
  const rates = rest(oneSidedParts, network, inputs, phase, { T: 2000, rest: 1e-15 });
  let sum = 0;
  for (const [index, { weights, biases, activation }] of network.layers.entries()) {
    const from = (index === 0 ? inputs : rates[index - 1]!).times(weights.transposed());
    for (const [at, rate] of rates[index]!.values.entries()) {
      const own = activation.name === 'linear' ? rate ** 2 / 2 : rate * Math.atanh(rate) + Math.log(1 - rate ** 2) / 2;
      sum += own - rate * (from.values[at]! + biases[at % biases.length]!);
    }
  }
  return sum;
}

const withEquation = (parts: ContrastiveParts, w: string): ContrastiveParts => ({
  ...parts,
  declaration: { ...parts.declaration, on: { step: { w } } },
});

export const contrastiveHebbianChecks: readonly RuleCheck[] = [
  ruleCheck<ContrastiveParts>({
    id: 'contrastive-hebbian-descends-contrast',
    rules: ['contrastive-hebbian'],
    title: 'The change is minus the gradient of the clamped less the free energy',
    source: 'Movellan 1991',
    gate: 'relative error to central differences < 1e-6',
    subject: movellanParts,
    measure(parts) {
      const problem = smallProblem(12, [3, 5, 4, 2], 2, { scale: 0.7 });
      const { network, inputs, targets } = problem;
      const contrast = () =>
        (energyAtRest(network, inputs, { kind: 'clamped', targets }) -
          energyAtRest(network, inputs, { kind: 'free' })) /
        inputs.rows;
      const wanted = descentByDifferences(network, contrast, 1e-5);
      return below(relativeError(changesOf(contrastiveRule(parts), problem, toRest), wanted), 1e-6);
    },
    mutants: {
      'feedback at half the strength': { ...movellanParts, couple: (network) => symmetricCoupling(network, 0.5) },
      'sender of the free phase in both products': withEquation(
        movellanParts,
        'w + eta * (y_clamped - y_free) * x_free',
      ),
      'Hebbian phase only': withEquation(movellanParts, 'w + eta * y_clamped * x_clamped'),
    },
  }),
  ruleCheck<ContrastiveParts>({
    id: 'contrastive-hebbian-tends-to-backpropagation',
    rules: ['contrastive-hebbian-weak-feedback'],
    title: 'The angle to the gradient is in proportion to the strength of feedback',
    source: 'Xie & Seung 2003',
    gate: 'angle in degrees < 1.5 at 0.02, slope of logarithms 1 ± 0.1 from 0.02 to 0.1',
    subject: weakFeedbackParts,
    measure(parts) {
      const problem = smallProblem(13, [10, 20, 15, 5], 16);
      const wanted = flat(descent(problem.network, problem.inputs, problem.targets));
      const strengths = [0.02, 0.05, 0.1];
      const angles = strengths.map((feedbackStrength) =>
        angleDegrees(changesOf(contrastiveRule(parts), problem, { ...toRest, feedbackStrength }), wanted),
      );
      const rise = slope(strengths.map(Math.log), angles.map(Math.log));
      return {
        value: angles[0]!,
        passes: angles[0]! < 1.5 && Math.abs(rise - 1) <= 0.1,
        note: `${angles[1]!.toFixed(2)} at 0.05, ${angles[2]!.toFixed(2)} at 0.1, slope ${rise.toFixed(2)}`,
      };
    },
    mutants: {
      'layers far from the output not faster': withEquation(
        weakFeedbackParts,
        'w + eta * (y_clamped * x_clamped - y_free * x_free)',
      ),
      'layers far from the output slower': withEquation(
        weakFeedbackParts,
        'w + eta * gamma^above * (y_clamped * x_clamped - y_free * x_free)',
      ),
      'γ to the square of the number of layers above': withEquation(
        weakFeedbackParts,
        'w + eta / gamma^(above^2) * (y_clamped * x_clamped - y_free * x_free)',
      ),
      'feedback as strong as the forward weights': {
        ...weakFeedbackParts,
        couple: (network) => symmetricCoupling(network),
      },
    },
  }),
];
