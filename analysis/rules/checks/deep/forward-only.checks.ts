// Checks of rules without a backward way: forward-forward and PEPITA; analysis process.
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { norm, relativeError, slope } from '../../base/vectors.ts';
import { type ForwardForward, forwardForwardParts, forwardForwardRule } from '../../deep/forward-forward.ts';
import { flat } from '../../deep/gradient-angle.ts';
import { type Layer, slopesOf } from '../../deep/multilayer-network.ts';
import { type Pepita, pepitaParts, pepitaRule } from '../../deep/pepita.ts';
import { below, type RuleCheck, ruleCheck } from '../check.ts';
import { randomTask } from './multilayer-tasks.ts';

const theta = 0.4;

const ownGradient = ruleCheck<ForwardForward>({
  id: 'forward-forward-follows-its-own-loss',
  rules: ['forward-forward'],
  title: 'Each hidden layer goes down the gradient of its own loss, −ln σ(±(Σh² − θ)), by central differences',
  source: 'Hinton 2022; learning rules, test FF',
  gate: 'relative error < 1e-6',
  subject: forwardForwardParts,
  measure(parts) {
    // Two samples: the wrong target of each is that of the other, so nothing is left to chance.
    const { network, inputs, targets } = randomTask([4, 6, 5, 3], 2, 11);
    const create = () =>
      forwardForwardRule(parts).create(network, { learningRate: 1, threshold: theta }, new Random(11, 1));
    const { targetWeights } = create();
    const changes = create().changes(inputs, targets);
    const lossOf = (layer: number) => ownLoss(network.layers, targetWeights, inputs, targets, layer);
    const errors = [0, 1].map((layer) => {
      const { weights, biases } = network.layers[layer]!;
      const wanted = [...differences(weights.values, () => lossOf(layer)), ...differences(biases, () => lossOf(layer))];
      return relativeError(flat(changes[layer]!), wanted);
    });
    return below(Math.max(...errors), 1e-6);
  },
  mutants: {
    'goodness of the rates that are passed on': {
      ...forwardForwardParts,
      goodness: (rates) => forwardForwardParts.goodness(forwardForwardParts.passOn(rates)),
    },
    'length passed on': { ...forwardForwardParts, passOn: (rates) => rates },
    'half the gradient of the squares': {
      ...forwardForwardParts,
      declaration: { ...forwardForwardParts.declaration, on: { step: { w: 'w + eta * surprise * y * slope * x' } } },
    },
  },
});

/** Written out for itself: right targets and, in the second half, those of the other sample. */
function ownLoss(
  layers: readonly Layer[],
  targetWeights: Matrix,
  inputs: Matrix,
  targets: Matrix,
  looked: number,
): number {
  let sum = 0;
  for (let sample = 0; sample < 4; sample++) {
    const [input, target] = [inputs.row(sample % 2), targets.row(sample < 2 ? sample : 3 - sample)];
    let senders = input;
    for (let index = 0; index <= looked; index++) {
      const { weights, biases, activation } = layers[index]!;
      const rates = biases.map((bias, neuron) => {
        let drive = bias;
        senders.forEach((rate, sender) => (drive += weights.row(neuron)[sender]! * rate));
        if (index === 0) target.forEach((value, each) => (drive += targetWeights.row(neuron)[each]! * value));
        return activation.of(drive);
      });
      const goodness = norm(rates) ** 2;
      if (index === looked) {
        const excess = goodness - theta * rates.length;
        sum += Math.log1p(Math.exp(sample < 2 ? -excess : excess)) / 4;
      }
      senders = rates.map((rate) => rate / Math.sqrt(goodness / rates.length));
    }
  }
  return sum;
}

/** Negative central differences of a loss by each number. */
function differences(values: Float64Array, loss: () => number): number[] {
  const step = 1e-6;
  return Array.from(values, (value, index) => {
    values[index] = value + step;
    const upper = loss();
    values[index] = value - step;
    const lower = loss();
    values[index] = value;
    return (lower - upper) / (2 * step);
  });
}

const firstOrder = ruleCheck<Pepita>({
  id: 'pepita-is-feedback-through-the-input',
  rules: ['pepita'],
  title: 'To first order in the size of the projection a neuron’s two presentations differ by φ′ W₁ F e',
  source: 'Srinivasan et al. 2023',
  gate: 'error against it grows as the size to the power 1 ± 0.15',
  subject: pepitaParts,
  measure(parts) {
    const { network, inputs, targets } = randomTask([6, 8, 4], 12, 12);
    const activities = network.forward(inputs);
    const outputError = activities.at(-1)!.rates.minus(targets);
    const scales = [1e-1, 1e-2, 1e-3];
    const errors = scales.map((feedbackScale) => {
      const parameters = { learningRate: 1, feedbackScale };
      const learner = pepitaRule(parts).create(network, parameters, new Random(12, 1));
      const feedback = network.layers[0]!.weights.times(learner.projection);
      const wanted = outputError.timesTransposed(feedback).each(slopesOf(network.layers[0]!, activities[0]!));
      const means = wanted.transposedTimes(new Matrix(12, 1, new Float64Array(12).fill(-1 / 12)));
      // A bias is a synapse whose sender is 1: its change is the mean difference itself.
      return relativeError(learner.changesGiven(inputs, activities, outputError)[0]!.biases, means.values);
    });
    const power = slope(scales.map(Math.log), errors.map(Math.log));
    return {
      value: power,
      passes: Math.abs(power - 1) <= 0.15,
      note: `relative errors ${errors.map((each) => each.toExponential(1)).join(', ')}`,
    };
  },
  mutants: {
    'sign of the projection': {
      ...pepitaParts,
      secondInputs: (inputs, projection, outputError) => inputs.plus(outputError.timesTransposed(projection)),
    },
    'size of the error without its sign': {
      ...pepitaParts,
      secondInputs: (inputs, projection, outputError) =>
        inputs.minus(outputError.map(Math.abs).timesTransposed(projection)),
    },
  },
});

export const forwardOnlyChecks: readonly RuleCheck[] = [ownGradient, firstOrder];
