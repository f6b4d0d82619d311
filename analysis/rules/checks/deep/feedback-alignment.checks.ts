// Checks of feedback alignment and direct feedback alignment; analysis process.
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { angleDegrees, mean, standardError } from '../../base/vectors.ts';
import { linear } from '../../deep/activation.ts';
import { transposedWeights } from '../../deep/carry-errors.ts';
import { type ErrorFeedback, errorRule } from '../../deep/error-feedback.ts';
import { directFeedbackAlignmentParts, feedbackAlignmentParts } from '../../deep/feedback-alignment.ts';
import { MultilayerNetwork } from '../../deep/multilayer-network.ts';
import { below, type Measurement, near, type RuleCheck, ruleCheck } from '../check.ts';
import { fullRun, meanRun, runOf } from './teacher-student.ts';

const transposed = (parts: ErrorFeedback): ErrorFeedback => ({
  ...parts,
  connections: (_, network) => transposedWeights(network),
});

/** Draws new connections after each presentation. */
const resampled = (parts: ErrorFeedback): ErrorFeedback => ({
  ...parts,
  learnFeedback({ network, parameters, drawn, random }) {
    const again = parts.draw(network, parameters, random);
    drawn.forEach(({ values }, index) => values.set(again[index]!.values));
  },
});

/** Near 90° at first, below the bounds in the end; what fails early is not run to the end. */
function alignment(parts: ErrorFeedback, bounds: readonly [number, number], loss: number): Measurement {
  const first = meanRun(parts, 0).angles;
  if (Math.abs(first[0]! - 90) > 10) return near(first[0]!, 90, 10, 'layer 1 before learning');
  const early = meanRun(parts, 500, [0, 1]).angles;
  if (early[1]! > 82) return below(early[1]!, 82, 'layer 2 after 500 steps, 2 seeds');
  const last = meanRun(parts, fullRun);
  const [one = NaN, two = NaN] = last.angles;
  const passes = one < bounds[0] && two < bounds[1] && last.loss < loss;
  const note = `first ${first.slice(0, 2).map((each) => each.toFixed(0))}°, layer 2 ${two.toFixed(1)}°, loss ${last.loss.toFixed(4)}`;
  return { value: one, passes, note };
}

const fa = ruleCheck({
  id: 'feedback-alignment-aligns',
  isLong: true,
  rules: ['feedback-alignment'],
  title: 'The changes of both hidden layers come towards the gradient while a student learns from a teacher',
  source: 'Lillicrap, Cownden, Tweed & Akerman 2016',
  gate: 'layer 1 90 ± 10° before, < 75° after; layer 2 < 65°; loss < 0.11; mean of 6 seeds, 3000 steps',
  subject: feedbackAlignmentParts,
  measure: (parts) => alignment(parts, [75, 65], 0.11),
  mutants: {
    'forward weights transposed instead of own connections': transposed(feedbackAlignmentParts),
    'connections drawn anew in each step': resampled(feedbackAlignmentParts),
  },
});

const dfa = ruleCheck({
  id: 'direct-feedback-alignment-aligns',
  isLong: true,
  rules: ['direct-feedback-alignment'],
  title:
    'Errors straight from the output align the hidden layers too, and the loss is no higher than with feedback by layers',
  source: 'Nøkland 2016',
  gate: 'layer 1 < 65°, layer 2 < 55°, loss no more than that of feedback alignment; mean of 6 seeds, 3000 steps',
  subject: directFeedbackAlignmentParts,
  measure: (parts) => alignment(parts, [65, 55], Math.min(0.0525, meanRun(feedbackAlignmentParts, fullRun).loss)),
  mutants: {
    'connections drawn anew in each step': resampled(directFeedbackAlignmentParts),
    'targets instead of the error': {
      ...directFeedbackAlignmentParts,
      carry: (connections, slopes, outputError) =>
        directFeedbackAlignmentParts
          .carry(connections, slopes, outputError.map(Math.abs))
          .map((error, layer) => (layer === slopes.length - 1 ? outputError : error)),
    },
  },
});

const linearAlignment = ruleCheck({
  id: 'feedback-alignment-linear',
  rules: ['feedback-alignment'],
  title:
    'In a linear network from small weights the error over the connections turns towards the one over forward weights',
  source: 'Lillicrap et al. 2016, linear network',
  gate: 'angle of B e to W₂ᵀ e < 30° after 500 steps, mean of 4 seeds',
  subject: feedbackAlignmentParts,
  measure: (parts) => below(mean([0, 1, 2, 3].map((seed) => linearAngle(parts, seed))), 30),
  mutants: { 'connections drawn anew in each step': resampled(feedbackAlignmentParts) },
});

function linearAngle(parts: ErrorFeedback, seed: number): number {
  const start = MultilayerNetwork.random([10, 20, 5], linear, new Random(seed, 0));
  for (const { weights } of start.layers) weights.values.set(weights.scaled(0.1).values);
  const teacher = Matrix.normal(5, 10, 1 / Math.sqrt(10), new Random(seed, 10));
  const learner = errorRule(parts).create(start, { learningRate: 0.05 }, new Random(seed, 1));
  const data = new Random(seed, 2);
  for (let step = 0; step < 500; step++) {
    const inputs = Matrix.normal(32, 10, 1, data);
    learner.learn(inputs, inputs.timesTransposed(teacher));
  }
  // Of errors as they are before learning: afterwards hardly any are left.
  const errors = Matrix.normal(64, 10, 1, data).timesTransposed(teacher);
  const over = (connections: Matrix) => errors.timesTransposed(connections).values;
  return angleDegrees(over(learner.feedback()[0]!), over(start.layers[1]!.weights.transposed()));
}

const unrelated = ruleCheck({
  id: 'random-feedback-starts-unrelated',
  rules: ['feedback-alignment', 'direct-feedback-alignment'],
  title:
    'Before learning the changes are as far from the gradient as chance has it: feedback is drawn apart from weights',
  source: 'learning rules, test G8',
  gate: 'mean over 20 seeds and both hidden layers 90° ± 3 standard errors',
  subject: [feedbackAlignmentParts, directFeedbackAlignmentParts],
  measure(all) {
    const angles = Array.from({ length: 20 }, (_, seed) =>
      mean(all.flatMap((parts) => runOf(parts, 100 + seed, 0).angles.slice(0, 2))),
    );
    return near(mean(angles), 90, 3 * standardError(angles));
  },
  mutants: {
    'drawn with the numbers of the forward weights': [
      { ...feedbackAlignmentParts, draw: transposedWeights },
      directFeedbackAlignmentParts,
    ],
  },
});

export const feedbackAlignmentChecks: readonly RuleCheck[] = [fa, dfa, linearAlignment, unrelated];
