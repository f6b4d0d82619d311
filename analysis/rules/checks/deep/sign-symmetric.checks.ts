// Checks of sign-symmetric feedback; analysis process.
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { tanh } from '../../deep/activation.ts';
import { type ErrorFeedback, errorRule } from '../../deep/error-feedback.ts';
import { MultilayerNetwork } from '../../deep/multilayer-network.ts';
import {
  fixedSignSymmetricParts,
  redrawnSignSymmetricParts,
  uniformSignSymmetricParts,
  withSigns,
} from '../../deep/sign-symmetric.ts';
import { below, type RuleCheck, ruleCheck } from '../check.ts';
import { fullRun, meanRun } from './teacher-student.ts';

const kinds = {
  'sign-symmetric-uniform': uniformSignSymmetricParts,
  'sign-symmetric-fixed': fixedSignSymmetricParts,
  'sign-symmetric-redrawn': redrawnSignSymmetricParts,
};

const frozenSigns = (parts: ErrorFeedback): ErrorFeedback => ({
  ...parts,
  draw: (network, ...given) => withSigns(parts.draw(network, ...given), network),
  connections: (drawn) => drawn,
});

/** How many feedback weights have not the sign of their forward weight after forward weights have changed theirs. */
function wrongSigns(parts: ErrorFeedback): number {
  const network = MultilayerNetwork.random([6, 8, 8, 4], tanh, new Random(0, 0));
  const learner = errorRule(parts).create(network, {}, new Random(0, 1));
  const other = new Random(1, 0);
  for (const { weights } of network.layers) weights.values.set(weights.map(() => other.normal()).values);
  return learner
    .feedback()
    .reduce(
      (sum, { values }, layer) =>
        sum +
        network.layers[layer + 1]!.weights.transposed().values.filter(
          (weight, index) => Math.sign(weight) !== Math.sign(values[index]!),
        ).length,
      0,
    );
}

const signs = Object.entries(kinds).map(([name, parts]) =>
  ruleCheck({
    id: `${name}-follows-signs`,
    rules: [name],
    title: 'Feedback weights have the signs that the forward weights have now, not those that they once had',
    source: 'Liao, Leibo & Poggio 2016',
    gate: 'no wrong sign after all forward weights were drawn anew',
    subject: parts,
    measure: (each) => below(wrongSigns(each), 1),
    mutants: {
      'signs as they were in the beginning': frozenSigns(parts),
      'sizes without signs': { ...parts, connections: (drawn) => drawn },
    },
  }),
);

const aligned = ruleCheck({
  id: 'sign-symmetric-fixed-aligns',
  isLong: true,
  rules: ['sign-symmetric-fixed'],
  title:
    'Signs alone bring the changes of the hidden layers near the gradient from the beginning, and nearer with learning',
  source: 'Liao, Leibo & Poggio 2016',
  gate: 'both hidden layers < 80° before and < 60° after; loss < 0.0825; mean of 6 seeds, 3000 steps',
  subject: fixedSignSymmetricParts,
  measure(parts) {
    const first = meanRun(parts, 0).angles.slice(0, 2);
    if (Math.max(...first) > 80) return below(Math.max(...first), 80, 'before learning');
    const { angles, loss } = meanRun(parts, fullRun);
    const value = Math.max(...angles.slice(0, 2));
    const note = `first ${first.map((each) => each.toFixed(0))}°, last ${angles.slice(0, 2).map((each) => each.toFixed(1))}°, loss ${loss.toFixed(4)}`;
    return { value, passes: value < 60 && loss < 0.0825, note };
  },
  mutants: {
    'sizes without signs': { ...fixedSignSymmetricParts, connections: (drawn) => drawn },
    'signs of other connections': {
      ...fixedSignSymmetricParts,
      connections: (sizes, network) =>
        withSigns(sizes, network).map((each) => new Matrix(each.rows, each.columns, each.values.slice().reverse())),
    },
  },
});

export const signSymmetricChecks: readonly RuleCheck[] = [...signs, aligned];
