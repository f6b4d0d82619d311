// Checks that the names of neurons do not matter: renaming hidden neurons renames what they learn; analysis process.
import type { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { backpropagationParts } from '../../deep/backpropagation.ts';
import { type ErrorFeedback, errorRule } from '../../deep/error-feedback.ts';
import { directFeedbackAlignmentParts, feedbackAlignmentParts } from '../../deep/feedback-alignment.ts';
import { kolenPollackParts } from '../../deep/kolen-pollack.ts';
import type { MultilayerNetwork } from '../../deep/multilayer-network.ts';
import { fixedSignSymmetricParts, uniformSignSymmetricParts } from '../../deep/sign-symmetric.ts';
import {
  differenceTargetPropagationParts,
  directLinearFeedbackParts,
  localDifferenceReconstructionParts,
} from '../../deep/target-propagation.ts';
import { type TargetParts, targetRule } from '../../deep/target-rule.ts';
import { below, type RuleCheck, ruleCheck } from '../check.ts';
import { flatAll, largest, randomTask } from './multilayer-tasks.ts';
import type { LayerChange } from '../../deep/deep-rule.ts';

const order = [3, 0, 5, 1, 4, 2];
const rowsIn = (matrix: Matrix) =>
  matrix.map((_, index) => matrix.row(order[Math.floor(index / matrix.columns)]!)[index % matrix.columns]!);
const columnsIn = (matrix: Matrix) => rowsIn(matrix.transposed()).transposed();
const reversed = (matrix: Matrix) =>
  matrix.map(
    (_, index) => matrix.row(Math.floor(index / matrix.columns))[matrix.columns - 1 - (index % matrix.columns)]!,
  );
const valuesIn = (values: Float64Array) => Float64Array.from(order, (from) => values[from]!);

/** Of the first hidden layer: its weights and biases, and what it sends. */
const renamed = <L extends LayerChange>(layers: readonly L[]): L[] =>
  layers.map((layer, index) => ({
    ...layer,
    weights: index === 0 ? rowsIn(layer.weights) : index === 1 ? columnsIn(layer.weights) : layer.weights,
    biases: index === 0 ? valuesIn(layer.biases) : layer.biases,
  }));

/** What a rule makes of a network whose feedback to the first hidden layer is as drawn, or renamed with that layer. */
type Learned = (
  network: MultilayerNetwork,
  inputs: Matrix,
  targets: Matrix,
  feedback: 'drawn' | 'renamed',
) => readonly LayerChange[];

const ofErrors =
  (parts: ErrorFeedback): Learned =>
  (network, inputs, targets, feedback) => {
    const draw: ErrorFeedback['draw'] = (...given) =>
      parts.draw(...given).map((each, layer) => (layer === 0 && feedback === 'renamed' ? rowsIn(each) : each));
    const learner = errorRule({ ...parts, draw }).create(network, {}, new Random(4, 1));
    // A first step lets feedback that learns take part.
    learner.learn(inputs, targets);
    return learner.changes(inputs, targets);
  };

const ofTargets =
  (parts: TargetParts): Learned =>
  (network, inputs, targets, feedback) => {
    const draw: TargetParts['draw'] = (...given) =>
      parts.draw(...given).map((each, layer) => {
        if (feedback === 'drawn') return each;
        if (layer === 0) return { ...each, weights: rowsIn(each.weights) };
        return each;
      });
    return targetRule({ ...parts, draw })
      .create(network, {}, new Random(4, 1))
      .changes(inputs, targets);
  };

const permutation = (name: string, subject: Learned, mutants: Readonly<Record<string, Learned>>) =>
  ruleCheck<Learned>({
    id: `${name}-knows-no-names`,
    rules: [name],
    title: 'Hidden neurons in another order learn the same, in that order',
    source: 'learning rules, test G6',
    gate: 'largest difference < 1e-12',
    subject,
    measure(learned) {
      const { network, inputs, targets } = randomTask([6, 6, 6, 6], 9, 4);
      const other = network.copy();
      const layers = renamed(other.layers);
      other.layers.forEach(({ weights, biases }, index) => {
        weights.values.set(layers[index]!.weights.values);
        biases.set(layers[index]!.biases);
      });
      const wanted = flatAll(renamed(learned(network, inputs, targets, 'drawn')));
      const found = flatAll(learned(other, inputs, targets, 'renamed'));
      return below(largest(found.map((value, index) => value - wanted[index]!)), 1e-12);
    },
    mutants,
  });

const swapped = (parts: ErrorFeedback): ErrorFeedback => ({
  ...parts,
  carry: (connections, ...given) =>
    parts.carry(
      connections.map((each) => each.transposed()),
      ...given,
    ),
});

const errorChecks = [
  backpropagationParts,
  feedbackAlignmentParts,
  directFeedbackAlignmentParts,
  uniformSignSymmetricParts,
  fixedSignSymmetricParts,
  kolenPollackParts,
].map((parts) =>
  permutation(parts.declaration.name, ofErrors(parts), {
    'senders and receivers of feedback exchanged': ofErrors(swapped(parts)),
  }),
);

const targetChecks = [
  differenceTargetPropagationParts,
  directLinearFeedbackParts,
  localDifferenceReconstructionParts,
].map((parts) =>
  permutation(parts.declaration.name, ofTargets(parts), {
    'targets to the neurons in reverse order': ofTargets({
      ...parts,
      targets: (backward, ...given) => parts.targets((layer, rates) => reversed(backward(layer, rates)), ...given),
    }),
  }),
);

export const permutationChecks: readonly RuleCheck[] = [...errorChecks, ...targetChecks];
