// Checks of equilibrium propagation with complex nudging, in single precision, and with asymmetric weights; analysis process.
import { Random } from '../../base/random.ts';
import { angleDegrees, relativeError } from '../../base/vectors.ts';
import { doublePrecision, singlePrecision } from '../../phases/arithmetic.ts';
import { symmetricCoupling } from '../../phases/coupled-network.ts';
import {
  type EquilibriumParts,
  equilibriumRule,
  oneSidedParts,
  rest,
  twoSidedParts,
} from '../../phases/equilibrium-propagation.ts';
import {
  type HolomorphicParts,
  holomorphicParts,
  holomorphicRule,
} from '../../phases/holomorphic-equilibrium-propagation.ts';
import {
  drawDown,
  type VectorFieldParts,
  vectorFieldParts,
  vectorFieldRule,
  withDown,
} from '../../phases/vector-field-equilibrium-propagation.ts';
import { near, type RuleCheck, ruleCheck } from '../check.ts';
import { descentAtRest } from './equilibrium-gradient.ts';
import { changesOf, type SmallProblem, smallProblem } from './small-problem.ts';
import { settled, toRest, errorsAt, slopeOf, withEquation } from './equilibrium-errors.ts';

/** Outputs that miss their targets by little, as late in learning: rounding then counts for more. */
function nearlyLearned(): SmallProblem {
  const { network, inputs, targets } = smallProblem(8, [6, 12, 3], 4, { scale: 0.45 });
  const outputs = rest(oneSidedParts, network, inputs, { kind: 'free' }, settled).at(-1)!;
  return { network, inputs, targets: outputs.plus(targets.scaled(0.2)) };
}

export const equilibriumVariantChecks: readonly RuleCheck[] = [
  ...(
    [
      [4, 0.2, [0.1, 0.16, 0.25]],
      [8, 0.3, [0.1, 0.14, 0.2]],
    ] as const
  ).map(([points, tolerance, strengths]) =>
    ruleCheck<HolomorphicParts>({
      id: `equilibrium-propagation-holomorphic-order-${points}`,
      rules: ['equilibrium-propagation-holomorphic'],
      title: `The error of ${points} points on the circle is in proportion to β to the ${points}`,
      source: 'Laborieux & Zenke 2022',
      gate: `slope of logarithms ${points} ± ${tolerance}`,
      subject: holomorphicParts,
      measure(parts) {
        const errors = errorsAt(holomorphicRule(parts), strengths, { points });
        return near(slopeOf(strengths, errors), points, tolerance, `${errors[0]!.toExponential(1)} at ${strengths[0]}`);
      },
      mutants: {
        'real part taken before dividing by the phase': withEquation(
          holomorphicParts,
          'w + eta / (N * beta) * cosine * (y_real * x_real - y_imaginary * x_imaginary)',
        ),
        'divided by the conjugate phase': withEquation(
          holomorphicParts,
          'w + eta / (N * beta) * (cosine * (y_real * x_real - y_imaginary * x_imaginary) - sine * (y_real * x_imaginary + y_imaginary * x_real))',
        ),
        'receiver with its real part only': withEquation(
          holomorphicParts,
          'w + eta / (N * beta) * (cosine * y_real * x_real + sine * y_real * x_imaginary)',
        ),
        'last point on the first': { ...holomorphicParts, angle: (point, all) => (2 * Math.PI * point) / (all - 1) },
      },
    }),
  ),
  ruleCheck<{ readonly parts: EquilibriumParts; readonly beta: number }>({
    id: 'equilibrium-propagation-single-precision',
    rules: ['equilibrium-propagation-symmetric'],
    title: 'In single precision the best β is about 0.01; a smaller one is worse',
    source: 'Rounding of the difference of two phases, measured in the reference notes',
    gate: 'relative error < 2e-4 at β, and larger at 0.1, at 0.001, and larger still at 0.0001',
    subject: { parts: { ...twoSidedParts, arithmetic: singlePrecision }, beta: 0.01 },
    measure({ parts, beta }) {
      const rule = equilibriumRule(parts);
      const [coarse, best, fine, finest] = errorsAt(
        rule,
        [0.1, beta, 0.001, 0.0001],
        { settlingSteps: 100 },
        nearlyLearned(),
      );
      return {
        value: best!,
        passes: best! < 2e-4 && coarse! > best! && fine! > best! && finest! > 2 * fine!,
        note: `${coarse!.toExponential(1)} at 0.1, ${fine!.toExponential(1)} at 0.001, ${finest!.toExponential(1)} at 0.0001`,
      };
    },
    mutants: {
      'β far too small': { parts: { ...twoSidedParts, arithmetic: singlePrecision }, beta: 0.0001 },
      'computed in double precision': { parts: { ...twoSidedParts, arithmetic: doublePrecision }, beta: 0.01 },
      'one phase free': {
        parts: { ...twoSidedParts, arithmetic: singlePrecision, phases: { plus: 2, minus: 0 } },
        beta: 0.01,
      },
    },
  }),
  ruleCheck<VectorFieldParts>({
    id: 'equilibrium-propagation-vector-field-bias',
    rules: ['equilibrium-propagation-vector-field'],
    title: 'The angle to the gradient is 0 with symmetric weights, and grows with asymmetry',
    source: 'Laborieux & Zenke 2024',
    gate: 'angle in degrees < 0.1 at asymmetry 0, growing over 0.1, 0.3 and 1; always the answer of rates to a pull, to 1e-3',
    subject: vectorFieldParts,
    measure(parts) {
      const problem = smallProblem(10, [6, 8, 8, 8, 3], 4, { scale: 0.45 });
      const { network, inputs, targets } = problem;
      const all = [0, 0.1, 0.3, 1].map((asymmetry) => {
        const scaled = 0.45 * asymmetry;
        // The same draw as the rule's own.
        const down = drawDown(network, scaled, new Random(11, 3));
        const own = withDown(vectorFieldParts, down);
        const rates = rest(own, network, inputs, { kind: 'free' }, settled);
        const of = (sense: 'gradient' | 'answer') =>
          descentAtRest(network, own.couple(network), inputs, targets, rates, 'separate', sense);
        const change = changesOf(vectorFieldRule(parts), problem, { ...toRest, nudging: 1e-4, asymmetry: scaled });
        return { angle: angleDegrees(change, of('gradient')), off: relativeError(change, of('answer')) };
      });
      const [none, little, some, much] = all.map(({ angle }) => angle) as [number, number, number, number];
      const off = Math.max(...all.map((each) => each.off));
      return {
        value: none,
        passes: none < 0.1 && little > none && some > 2 * little && much > 2 * some && off < 1e-3,
        note: `then ${little.toFixed(1)}, ${some.toFixed(1)}, ${much.toFixed(1)}; off the answer by ${off.toExponential(1)}`,
      };
    },
    mutants: {
      'weights down indexed the other way': {
        ...vectorFieldParts,
        couple: (network, down) =>
          vectorFieldParts.couple(
            network,
            down.map((each) => (each.rows === each.columns ? each.transposed() : each)),
          ),
      },
      'weights up used to come down': { ...vectorFieldParts, couple: (network) => symmetricCoupling(network) },
      'correlations of both phases, as with symmetric weights': withEquation(
        {
          ...vectorFieldParts,
          declaration: {
            ...vectorFieldParts.declaration,
            pre: { ...vectorFieldParts.declaration.pre, x_nudged: { kind: 'second-state', label: '', unit: '' } },
          },
        },
        'w + eta / beta * (y_nudged * x_nudged - y_free * x_free)',
      ),
    },
  }),
];
