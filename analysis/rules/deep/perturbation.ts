// Node and weight perturbation for multilayer rate networks; analysis process.
import type { RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import {
  nodePerturbation as ofNodes,
  weightPerturbation as ofWeights,
} from '../../../common/learning-rule/catalogue/perturbation.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { parameterValue } from '../../../common/learning-rule/parameter-value.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import type { DeepRule, LayerChange } from './deep-rule.ts';
import { type LayerActivity, MultilayerNetwork, respond, squaredError } from './multilayer-network.ts';
import { addChange, synapticChange, type OfSynapses } from './synaptic-change.ts';

/** @returns half the squared error of each sample. */
export function costs(outputs: Matrix, targets: Matrix): Float64Array {
  const errors = outputs.minus(targets);
  return Float64Array.from({ length: errors.rows }, (_, row) =>
    errors.row(row).reduce((sum, value) => sum + (value * value) / 2, 0),
  );
}

export interface NodePerturbation {
  readonly declaration: RuleDeclaration;
  /** What layers do with noise on their drives. @param noise in standard deviations, for each layer samples × neurons */
  perturbed(network: MultilayerNetwork, inputs: Matrix, noise: readonly Matrix[], deviation: number): LayerActivity[];
}

export const nodePerturbationParts: NodePerturbation = {
  declaration: ofNodes,
  perturbed(network, inputs, noise, deviation) {
    const activities: LayerActivity[] = [];
    network.layers.forEach((layer, index) => {
      activities.push(respond(layer, activities.at(-1)?.rates ?? inputs, noise[index]!.scaled(deviation)));
    });
    return activities;
  },
};

/** Each sample of a batch has noise of its own, and is told how its own cost changed. */
export function nodePerturbationRule({ declaration, perturbed }: NodePerturbation): DeepRule {
  const rule = parseRule(declaration);
  return learnerOf(declaration, (network, parameters, random, inputs, targets) => {
    const noise = network.layers.map(({ biases }) => Matrix.normal(inputs.rows, biases.length, 1, random));
    const deviation = parameterValue(declaration, parameters, 'noiseDeviation');
    const activities = perturbed(network, inputs, noise, deviation);
    const without = costs(network.predict(inputs), targets);
    const cost = new Matrix(
      inputs.rows,
      1,
      costs(activities.at(-1)!.rates, targets).map((each, row) => each - without[row]!),
    );
    return network.layers.map((layer, index) => {
      const x = index === 0 ? inputs : activities[index - 1]!.rates;
      return synapticChange(rule, parameters, layer, { x }, { xi: noise[index]!, cost });
    });
  });
}

export interface WeightPerturbation {
  readonly declaration: RuleDeclaration;
  /** The network with its weights and biases varied. @param variation in standard deviations, for each layer */
  varied(network: MultilayerNetwork, variation: readonly OfSynapses[], deviation: number): MultilayerNetwork;
}

export const weightPerturbationParts: WeightPerturbation = {
  declaration: ofWeights,
  varied: (network, variation, deviation) =>
    new MultilayerNetwork(
      network.layers.map(({ weights, biases, activation }, index) => ({
        weights: weights.with(variation[index]!.weights, (weight, xi) => weight + deviation * xi),
        biases: biases.map((bias, neuron) => bias + deviation * variation[index]!.biases[neuron]!),
        activation,
      })),
    ),
};

/** One variation holds for a whole batch, and the cost is the batch's. */
export function weightPerturbationRule({ declaration, varied }: WeightPerturbation): DeepRule {
  const rule = parseRule(declaration);
  return learnerOf(declaration, (network, parameters, random, inputs, targets) => {
    const variation = network.layers.map(({ weights: { rows, columns } }) => ({
      weights: Matrix.normal(rows, columns, 1, random),
      biases: Matrix.normal(1, rows, 1, random).values,
    }));
    const deviation = parameterValue(declaration, parameters, 'noiseDeviation');
    const costOf = (each: MultilayerNetwork) => squaredError(each.predict(inputs), targets);
    const cost = new Matrix(1, 1, Float64Array.of(costOf(varied(network, variation, deviation)) - costOf(network)));
    return network.layers.map((layer, index) =>
      synapticChange(rule, parameters, layer, {}, { cost }, { xi: variation[index]! }),
    );
  });
}

type Changes = (
  network: MultilayerNetwork,
  parameters: RuleParameters,
  random: Random,
  inputs: Matrix,
  targets: Matrix,
) => readonly LayerChange[];

/** `changes` draws new noise each time. */
function learnerOf(declaration: RuleDeclaration, changes: Changes): DeepRule {
  return {
    declaration,
    create: (network, parameters, random) => ({
      network,
      changes: (inputs, targets) => changes(network, parameters, random, inputs, targets),
      learn: (inputs, targets) =>
        changes(network, parameters, random, inputs, targets).forEach((change, index) =>
          addChange(network.layers[index]!, change),
        ),
      predict: (inputs) => network.predict(inputs),
    }),
  };
}

export const nodePerturbation = nodePerturbationRule(nodePerturbationParts);
export const weightPerturbation = weightPerturbationRule(weightPerturbationParts);
