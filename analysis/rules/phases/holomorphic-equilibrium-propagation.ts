// Equilibrium propagation with nudging that goes round a circle of complex numbers; analysis process.
import type { RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import { equilibriumPropagationHolomorphic } from '../../../common/learning-rule/catalogue/equilibrium-propagation-holomorphic.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { type ParsedRule, parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import type { DeepRule, LayerChange } from '../deep/deep-rule.ts';
import type { Layer, MultilayerNetwork } from '../deep/multilayer-network.ts';
import { addChange, synapticChange } from '../deep/synaptic-change.ts';
import { doublePrecision } from './arithmetic.ts';
import { activationOfComplex, type ComplexMatrix, fromReal, mapComplex, timesReal } from './complex-matrix.ts';
import { answer, type CoupledLayer, symmetricCoupling } from './coupled-network.ts';
import { readFree, rest } from './equilibrium-propagation.ts';
import { below, filled, phaseLearner } from './phase-learner.ts';
import { type RestSettings, settingsOf } from './settings.ts';

interface ComplexNudging {
  readonly targets: Matrix;
  readonly real: number;
  readonly imaginary: number;
}

/** What holomorphic equilibrium propagation is made of. */
export interface HolomorphicParts {
  readonly declaration: RuleDeclaration;
  /** @returns the new rates of a layer; the same law as for real rates. */
  answer(
    layers: readonly CoupledLayer[],
    inputs: ComplexMatrix,
    nudging: ComplexNudging,
    rates: readonly ComplexMatrix[],
    index: number,
  ): ComplexMatrix;
  /** @returns the angle of a point on the circle. */
  angle(point: number, points: number): number;
}

function settleComplex(
  { answer: answerOf }: HolomorphicParts,
  layers: readonly CoupledLayer[],
  inputs: ComplexMatrix,
  nudging: ComplexNudging,
  start: readonly Matrix[],
  { T, rest: tolerance }: RestSettings,
): ComplexMatrix[] {
  const rates = start.map(fromReal);
  for (let step = 0; step < T; step++) {
    let largest = 0;
    for (let index = 0; index < rates.length; index++) {
      const before = rates[index]!;
      const after = answerOf(layers, inputs, nudging, rates, index);
      for (let at = 0; at < after.real.values.length; at++) {
        largest = Math.max(
          largest,
          Math.abs(after.real.values[at]! - before.real.values[at]!),
          Math.abs(after.imaginary.values[at]! - before.imaginary.values[at]!),
        );
      }
      rates[index] = after;
    }
    if (largest <= tolerance) break;
  }
  return rates;
}

export function holomorphicChanges(
  parts: HolomorphicParts,
  rule: ParsedRule,
  parameters: RuleParameters,
  network: MultilayerNetwork,
  inputs: Matrix,
  targets: Matrix,
): LayerChange[] {
  const { beta, N, ...settings } = settingsOf(rule, parameters, ['beta', 'N', 'T', 'rest']);
  const layers = symmetricCoupling(network);
  const free = rest(freeParts, network, inputs, { kind: 'free' }, settings);
  const total = network.layers.map(({ weights, biases, activation }) => ({
    weights: new Matrix(weights.rows, weights.columns),
    biases: new Float64Array(biases.length),
    activation,
  }));
  for (let point = 0; point < N; point++) {
    const angle = parts.angle(point, N);
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    const nudging = { targets, real: beta * cosine, imaginary: beta * sine };
    const complexInputs = fromReal(inputs);
    const rates = settleComplex(parts, layers, complexInputs, nudging, free, settings);
    for (const [index, layer] of network.layers.entries()) {
      const teacher = [cosine, sine] as const;
      addChange(
        total[index]!,
        pointChange(rule, parameters, layer, below(complexInputs, rates, index), rates[index]!, teacher),
      );
    }
  }
  return total;
}

/** The change at one point; the sender of a bias is 1 without an imaginary part. */
function pointChange(
  rule: ParsedRule,
  parameters: RuleParameters,
  { weights, biases }: Layer,
  sender: ComplexMatrix,
  receiver: ComplexMatrix,
  [cosine, sine]: readonly [number, number],
): LayerChange {
  const post = {
    y_real: receiver.real,
    y_imaginary: receiver.imaginary,
    cosine: filled(receiver.real, cosine),
    sine: filled(receiver.real, sine),
  };
  const none = new Float64Array(biases.length);
  const change = (of: Matrix, from: ComplexMatrix) =>
    synapticChange(
      rule,
      parameters,
      { weights: of, biases: none },
      { x_real: from.real, x_imaginary: from.imaginary },
      post,
    ).weights;
  const one = fromReal(filled(new Matrix(receiver.real.rows, 1), 1));
  return { weights: change(weights, sender), biases: change(new Matrix(biases.length, 1, biases.slice()), one).values };
}

export function holomorphicRule(parts: HolomorphicParts): DeepRule {
  const { declaration } = parts;
  const rule = parseRule(declaration);
  return {
    declaration,
    create(network, parameters) {
      for (const { activation } of network.layers) activationOfComplex(activation);
      return phaseLearner(
        network,
        (inputs, targets) => holomorphicChanges(parts, rule, parameters, network, inputs, targets),
        (inputs) => readFree(freeParts, rule, parameters, network, inputs),
      );
    },
  };
}

const freeParts = { answer, arithmetic: doublePrecision, couple: symmetricCoupling };

export const holomorphicParts: HolomorphicParts = {
  declaration: equilibriumPropagationHolomorphic,
  angle: (point, points) => (2 * Math.PI * point) / points,
  answer(layers, inputs, { targets, real, imaginary }, rates, index) {
    const { up, biases, activation, down } = layers[index]!;
    const fromBelow = timesReal(below(inputs, rates, index), up);
    const fromAbove = down === undefined ? undefined : timesReal(rates[index + 1]!, down);
    const own = rates[index]!;
    const of = activationOfComplex(activation);
    let at = -1;
    return mapComplex(fromBelow, (a, b) => {
      at++;
      const drive = a + biases[at % biases.length]!;
      if (fromAbove !== undefined) return of(drive + fromAbove.real.values[at]!, b + fromAbove.imaginary.values[at]!);
      const [miss, phase] = [targets.values[at]! - own.real.values[at]!, -own.imaginary.values[at]!];
      return of(drive + real * miss - imaginary * phase, b + real * phase + imaginary * miss);
    });
  },
};
