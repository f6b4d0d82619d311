// Checks that a rule's dynamics bring a layer nothing but what the rule declares, and that no neuron is special; analysis process.
import type { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { backpropagation } from '../../deep/backpropagation.ts';
import { carryByLayers, transposedWeights } from '../../deep/carry-errors.ts';
import type { DeepRule, LayerChange } from '../../deep/deep-rule.ts';
import { type ErrorFeedback, errorRule } from '../../deep/error-feedback.ts';
import { directFeedbackAlignmentParts, feedbackAlignmentParts } from '../../deep/feedback-alignment.ts';
import { forwardForward } from '../../deep/forward-forward.ts';
import { flat } from '../../deep/gradient-angle.ts';
import { kolenPollackParts } from '../../deep/kolen-pollack.ts';
import type { LayerActivity, MultilayerNetwork } from '../../deep/multilayer-network.ts';
import { pepita } from '../../deep/pepita.ts';
import { readoutOnlyParts } from '../../deep/readout-only.ts';
import {
  fixedSignSymmetricParts,
  redrawnSignSymmetricParts,
  uniformSignSymmetricParts,
} from '../../deep/sign-symmetric.ts';
import {
  differenceTargetPropagationParts,
  directLinearFeedbackParts,
  localDifferenceReconstructionParts,
  targetPropagationParts,
} from '../../deep/target-propagation.ts';
import { type TargetParts, targetRule } from '../../deep/target-rule.ts';
import { weightMirrorParts } from '../../deep/weight-mirror.ts';
import { below, type RuleCheck, ruleCheck } from '../check.ts';
import { randomTask } from './multilayer-tasks.ts';

/** Changes from activities and an error of the output that are given, whatever the network would make of its inputs. */
type Given = (
  network: MultilayerNetwork,
  inputs: Matrix,
  activities: readonly LayerActivity[],
  outputError: Matrix,
) => readonly LayerChange[];

interface Scrambling {
  /** Which layers are drawn anew while that one is looked at. */
  others(layer: number, looked: number): boolean;
  /** What becomes of a weight. */
  anew(weight: number, drawn: number): number;
}

const all: Scrambling = { others: (layer, looked) => layer !== looked, anew: (_, drawn) => drawn };
const above: Scrambling = { ...all, others: (layer, looked) => layer > looked };
const sizes: Scrambling = { ...all, anew: (weight, drawn) => Math.sign(weight) * Math.abs(drawn) };

/** How many numbers of the changes are not the same to the last bit after all that was not declared was drawn anew. */
function differing(changesOf: Given, { others, anew }: Scrambling): number {
  const { network, inputs, targets } = randomTask([5, 7, 6, 4], 6, 3);
  const activities = network.forward(inputs);
  const outputError = activities.at(-1)!.rates.minus(targets);
  let count = 0;
  network.layers.forEach((_, looked) => {
    const scrambled = network.copy();
    const random = new Random(looked, 9);
    scrambled.layers.forEach(({ weights, biases }, layer) => {
      if (!others(layer, looked)) return;
      weights.values.set(weights.map((weight) => anew(weight, random.normal())).values);
      biases.set(biases.map(() => random.normal()));
    });
    const [wanted, found] = [network, scrambled].map((each) =>
      flat(changesOf(each, inputs, activities, outputError)[looked]!),
    );
    count += wanted!.filter((value, index) => !Object.is(value, found![index])).length;
  });
  return count;
}

const localityCheck = (
  name: string,
  scrambling: Scrambling,
  subject: Given,
  mutants: Readonly<Record<string, Given>>,
) =>
  ruleCheck<Given>({
    id: `${name}-is-local`,
    rules: [name],
    title: 'Drawing everything anew that the rule does not declare changes no bit of what a layer learns',
    source: 'learning rules, test G2',
    gate: 'not one number differs',
    subject,
    measure: (changesOf) => below(differing(changesOf, scrambling), 1),
    mutants,
  });

const ofErrors =
  (parts: ErrorFeedback): Given =>
  (network, ...given) =>
    errorRule(parts)
      .create(network, {}, new Random(3, 1))
      .changesGiven(...given);

const ofTargets =
  (parts: TargetParts): Given =>
  (network, ...given) =>
    targetRule(parts)
      .create(network, {}, new Random(3, 1))
      .changesGiven(...given);

const byTransposed = (parts: ErrorFeedback) =>
  ofErrors({ ...parts, connections: (_, network) => transposedWeights(network), carry: carryByLayers });
const transposedInstead = 'forward weights transposed instead of own connections';

const errorChecks = [
  feedbackAlignmentParts,
  directFeedbackAlignmentParts,
  kolenPollackParts,
  weightMirrorParts,
  readoutOnlyParts,
].map((parts) =>
  localityCheck(parts.declaration.name, all, ofErrors(parts), { [transposedInstead]: byTransposed(parts) }),
);

const signChecks = [uniformSignSymmetricParts, fixedSignSymmetricParts, redrawnSignSymmetricParts].map((parts) =>
  localityCheck(parts.declaration.name, sizes, ofErrors(parts), { [transposedInstead]: byTransposed(parts) }),
);

const targetChecks = [
  targetPropagationParts,
  differenceTargetPropagationParts,
  directLinearFeedbackParts,
  localDifferenceReconstructionParts,
].map((parts) =>
  localityCheck(parts.declaration.name, all, ofTargets(parts), {
    [transposedInstead]: ofTargets({
      ...localDifferenceReconstructionParts,
      declaration: parts.declaration,
      draw: (network, ...given) =>
        localDifferenceReconstructionParts
          .draw(network, ...given)
          .map((layer, index) => ({ ...layer, weights: transposedWeights(network)[index]! })),
    }),
  }),
);

const byBackpropagation: Given = (network, ...given) =>
  backpropagation.create(network, {}, new Random(3, 1)).changesGiven(...given);

/** Forward-forward sees inputs and targets, not an error. */
const ofForwardForward =
  (rule: DeepRule): Given =>
  (network, inputs, activities, outputError) =>
    rule.create(network, {}, new Random(3, 1)).changes(inputs, activities.at(-1)!.rates.minus(outputError));

const forwardChecks = [
  localityCheck(
    'pepita',
    above,
    (network, ...given) => pepita.create(network, {}, new Random(3, 1)).changesGiven(...given),
    { 'error brought down by the forward weights': byBackpropagation },
  ),
  localityCheck('forward-forward', above, ofForwardForward(forwardForward), {
    'gradient of the layers above': byBackpropagation,
  }),
];

export const localityChecks: readonly RuleCheck[] = [...errorChecks, ...signChecks, ...targetChecks, ...forwardChecks];
