// Forward-forward for multilayer rate networks, with a readout of its last hidden layer; analysis process.
import { forwardForward as declaration } from '../../../common/learning-rule/catalogue/forward-forward.ts';
import { readoutOnly } from '../../../common/learning-rule/catalogue/readout-only.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { parameterValue } from '../../../common/learning-rule/parameter-value.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import type { DeepLearner, DeepRule, LayerChange } from './deep-rule.ts';
import { type Layer, type LayerActivity, respond, slopesOf } from './multilayer-network.ts';
import { addChange, synapticChange } from './synaptic-change.ts';

export interface ForwardForward {
  readonly declaration: RuleDeclaration;
  /** How active a layer is, for each sample. @param rates samples × neurons */
  goodness(rates: Matrix): Float64Array;
  /** What the layer above gets: all but how active the layer is. */
  passOn(rates: Matrix): Matrix;
}

const sumsOfSquares = (rates: Matrix) =>
  Float64Array.from({ length: rates.rows }, (_, row) => rates.row(row).reduce((sum, rate) => sum + rate * rate, 0));

export const forwardForwardParts: ForwardForward = {
  declaration,
  goodness: sumsOfSquares,
  passOn(rates) {
    const sums = sumsOfSquares(rates);
    // A layer that is silent passes silence on.
    return rates.map((rate, index) => {
      const square = sums[Math.floor(index / rates.columns)]! / rates.columns;
      return square === 0 ? 0 : rate / Math.sqrt(square);
    });
  },
};

export interface ForwardForwardLearner extends DeepLearner {
  /** Weights from targets to the first hidden layer: its neurons × targets. */
  readonly targetWeights: Matrix;
}

export interface ForwardForwardRule extends DeepRule {
  create(...given: Parameters<DeepRule['create']>): ForwardForwardLearner;
}

interface Passed {
  /** What the layer gets: samples × senders. */
  readonly senders: Matrix;
  readonly layer: Layer;
  readonly activity: LayerActivity;
}

/** The first hidden layer gets inputs and targets; the readout learns from the last one, while no target is shown. */
export function forwardForwardRule(parts: ForwardForward): ForwardForwardRule {
  const rule = parseRule(parts.declaration);
  const readoutRule = parseRule(readoutOnly);
  return {
    declaration: parts.declaration,
    create(network, parameters, random) {
      const value = (key: string) => parameterValue(parts.declaration, parameters, key);
      const [first, readout] = [network.layers[0]!, network.layers.at(-1)!];
      const targetCount = readout.biases.length;
      const targetWeights = Matrix.normal(first.biases.length, targetCount, 1 / Math.sqrt(targetCount), random);
      const pass = (inputs: Matrix, targets: Matrix): Passed[] => {
        const passed: Passed[] = [];
        let senders = sideBySide(inputs, targets);
        network.layers.slice(0, -1).forEach((own, index) => {
          const layer = index === 0 ? { ...own, weights: sideBySide(own.weights, targetWeights) } : own;
          const activity = respond(layer, senders);
          passed.push({ senders, layer, activity });
          senders = parts.passOn(activity.rates);
        });
        return passed;
      };
      const untold = (inputs: Matrix) =>
        parts.passOn(pass(inputs, new Matrix(inputs.rows, targetCount)).at(-1)!.activity.rates);
      /** Of hidden layers; the first with its targets. */
      const hiddenChanges = (inputs: Matrix, targets: Matrix): LayerChange[] => {
        const { rows } = inputs;
        const others = rotated(targets, rows > 1 ? 1 + random.below(rows - 1) : 0);
        return pass(below(inputs, inputs), below(targets, others)).map(({ senders, layer, activity }) => {
          const threshold = value('threshold') * layer.biases.length;
          const surprise = parts
            .goodness(activity.rates)
            .map((goodness, row) => Number(row < rows) - 1 / (1 + Math.exp(threshold - goodness)));
          const post = {
            y: activity.rates,
            slope: slopesOf(layer, activity),
            surprise: new Matrix(2 * rows, 1, surprise),
          };
          return synapticChange(rule, parameters, layer, { x: senders }, post);
        });
      };
      const readoutChange = (inputs: Matrix, targets: Matrix): LayerChange => {
        const x = untold(inputs);
        const activity = respond(readout, x);
        const post = { slope: slopesOf(readout, activity), error: activity.rates.minus(targets) };
        return synapticChange(readoutRule, { learningRate: value('readoutRate') }, readout, { x }, post);
      };
      const split = ({ weights, biases }: LayerChange): [LayerChange, Matrix] => [
        { weights: columnsOf(weights, 0, first.weights.columns), biases },
        columnsOf(weights, first.weights.columns, weights.columns),
      ];
      const present = (inputs: Matrix, targets: Matrix) => {
        const [lowest, ...higher] = hiddenChanges(inputs, targets);
        const [change, ofTargets] = split(lowest!);
        return { changes: [change, ...higher, readoutChange(inputs, targets)], ofTargets };
      };
      return {
        network,
        targetWeights,
        changes: (inputs, targets) => present(inputs, targets).changes,
        learn(inputs, targets) {
          const { changes, ofTargets } = present(inputs, targets);
          changes.forEach((change, index) => addChange(network.layers[index]!, change));
          targetWeights.values.set(targetWeights.plus(ofTargets).values);
        },
        predict: (inputs) => respond(readout, untold(inputs)).rates,
      };
    },
  };
}

const sideBySide = (left: Matrix, right: Matrix) =>
  new Matrix(left.rows, left.columns + right.columns).map((_, index) => {
    const [row, column] = [Math.floor(index / (left.columns + right.columns)), index % (left.columns + right.columns)];
    return column < left.columns ? left.row(row)[column]! : right.row(row)[column - left.columns]!;
  });

const columnsOf = (matrix: Matrix, from: number, to: number) =>
  new Matrix(matrix.rows, to - from).map(
    (_, index) => matrix.row(Math.floor(index / (to - from)))[from + (index % (to - from))]!,
  );

const below = (upper: Matrix, lower: Matrix) =>
  new Matrix(upper.rows + lower.rows, upper.columns, Float64Array.of(...upper.values, ...lower.values));

/** Rows move up by `places`; those at the top come back below. */
const rotated = (matrix: Matrix, places: number) =>
  new Matrix(matrix.rows, matrix.columns).map(
    (_, index) => matrix.values[(index + places * matrix.columns) % matrix.values.length]!,
  );

export const forwardForward = forwardForwardRule(forwardForwardParts);
