// Checks of equilibrium propagation: its gradient at rest, and how its error goes with the nudging; analysis process.
import { relativeError } from '../../base/vectors.ts';
import { squaredError } from '../../deep/multilayer-network.ts';
import { answer, symmetricCoupling } from '../../phases/coupled-network.ts';
import {
  type EquilibriumParts,
  equilibriumRule,
  oneSidedParts,
  rest,
  twoSidedParts,
} from '../../phases/equilibrium-propagation.ts';
import { below, near, type RuleCheck, ruleCheck } from '../check.ts';
import { descentAtRest } from './equilibrium-gradient.ts';
import { descentByDifferences } from './reference-gradient.ts';
import { smallProblem } from './small-problem.ts';
import { errorsAt, slopeOf, withEquation } from './equilibrium-errors.ts';

const small = [0.01, 0.0316, 0.1];

interface FreeRest {
  readonly parts: EquilibriumParts;
  readonly steps: number;
}

export const equilibriumPropagationChecks: readonly RuleCheck[] = [
  ruleCheck<FreeRest>({
    id: 'equilibrium-propagation-gradient-at-rest',
    rules: ['equilibrium-propagation', 'equilibrium-propagation-symmetric', 'equilibrium-propagation-holomorphic'],
    title: 'The free network settles where the implicit gradient of the cost is the true one',
    source: 'Scellier & Bengio 2017; Almeida 1987, implicit differentiation at rest',
    gate: 'relative error to central differences < 1e-5',
    subject: { parts: oneSidedParts, steps: 500 },
    measure({ parts, steps }) {
      const { network, inputs, targets } = smallProblem(9, [4, 6, 5, 2], 2, { scale: 0.5 });
      const free = () => rest(parts, network, inputs, { kind: 'free' }, { T: steps, rest: 0 });
      const own = descentAtRest(network, symmetricCoupling(network), inputs, targets, free(), 'shared');
      return below(
        relativeError(
          own,
          descentByDifferences(network, () => squaredError(free().at(-1)!, targets)),
        ),
        1e-5,
      );
    },
    mutants: {
      'free phase stopped after two sweeps': { parts: oneSidedParts, steps: 2 },
      'nothing comes down from the layer above': {
        steps: 500,
        parts: {
          ...oneSidedParts,
          answer: (of, rates, index) =>
            answer({ ...of, layers: of.layers.map((each) => ({ ...each, down: undefined })) }, rates, index),
        },
      },
      'biases left out of the drive': {
        steps: 500,
        parts: {
          ...oneSidedParts,
          couple: (network) =>
            symmetricCoupling(network).map((each) => ({ ...each, biases: each.biases.map(() => 0) })),
        },
      },
    },
  }),
  ruleCheck<EquilibriumParts>({
    id: 'equilibrium-propagation-one-sided-order',
    rules: ['equilibrium-propagation'],
    title: 'The error of one-sided nudging is in proportion to β',
    source: 'Laborieux et al. 2021',
    gate: 'slope of logarithms 1 ± 0.1 from β 0.01 to 0.1',
    subject: oneSidedParts,
    measure(parts) {
      const errors = errorsAt(equilibriumRule(parts), small);
      return near(slopeOf(small, errors), 1, 0.1, `${errors[0]!.toExponential(1)} at 0.01`);
    },
    mutants: {
      'symmetric weights counted twice': withEquation(
        oneSidedParts,
        'w + 2 * eta / beta * (y_nudged * x_nudged - y_free * x_free)',
      ),
      'free phase nudged as well': { ...oneSidedParts, phases: { free: -1, nudged: 1 } },
      'outputs pushed away': { ...oneSidedParts, phases: { free: 0, nudged: -1 } },
      'sender of the free phase in both products': withEquation(
        oneSidedParts,
        'w + eta / beta * (y_nudged - y_free) * x_free',
      ),
    },
  }),
  ruleCheck<EquilibriumParts>({
    id: 'equilibrium-propagation-symmetric-order',
    rules: ['equilibrium-propagation-symmetric'],
    title: 'The error of nudging both ways is in proportion to the square of β',
    source: 'Laborieux et al. 2021',
    gate: 'slope of logarithms 2 ± 0.1 from β 0.01 to 0.1',
    subject: twoSidedParts,
    measure(parts) {
      const errors = errorsAt(equilibriumRule(parts), small);
      return near(slopeOf(small, errors), 2, 0.1, `${errors[0]!.toExponential(1)} at 0.01`);
    },
    mutants: {
      'symmetric weights counted twice': withEquation(
        twoSidedParts,
        'w + eta / beta * (y_plus * x_plus - y_minus * x_minus)',
      ),
      'free phase in place of the second': { ...twoSidedParts, phases: { plus: 2, minus: 0 } },
      'second phase nudged by half': {
        ...withEquation(twoSidedParts, 'w + eta / (1.5 * beta) * (y_plus * x_plus - y_minus * x_minus)'),
        phases: { plus: 1, minus: -0.5 },
      },
      'connections down twice as strong': { ...twoSidedParts, couple: (network) => symmetricCoupling(network, 2) },
    },
  }),
];
