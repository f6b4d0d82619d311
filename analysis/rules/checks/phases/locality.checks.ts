// Checks that networks at rest are local: everything that a layer must not know is scrambled; analysis process.
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { type LayerActivity, MultilayerNetwork } from '../../deep/multilayer-network.ts';
import { doublePrecision } from '../../phases/arithmetic.ts';
import { answer, type CoupledLayer, type LayerAnswer } from '../../phases/coupled-network.ts';
import { type HolomorphicParts, holomorphicParts } from '../../phases/holomorphic-equilibrium-propagation.ts';
import {
  type PredictiveParts,
  type PredictiveState,
  type PredictiveTask,
  strictParts,
} from '../../phases/predictive-coding.ts';
import { type Measurement, type RuleCheck, ruleCheck } from '../check.ts';
import { differing, gate, hidden, keep, last, layersOf, noise, samples, sizes, source, worst } from './scrambling.ts';

function fuzzPredictive(parts: PredictiveParts, index: number): Measurement {
  const random = new Random(30 + index);
  const network = new MultilayerNetwork(layersOf(random));
  const output = { kind: 'clamped', precision: 1 } as const;
  const [values, errors, drives, inputs] = [
    noise(random),
    noise(random),
    noise(random),
    Matrix.normal(samples, 5, 1, random),
  ];
  const activities = (all: readonly Matrix[]): LayerActivity[] =>
    all.map((drive) => ({ drive, rates: drive.map(Math.tanh) }));
  const task: PredictiveTask = { network, inputs, targets: values[last]!, output };
  const state: PredictiveState = { values, errors, predictions: activities(drives) };
  const other: PredictiveTask = {
    ...task,
    network: new MultilayerNetwork(layersOf(random, keep(network.layers, index + 1))),
    inputs: Matrix.normal(samples, 5, 1, random),
    targets: Matrix.normal(samples, 3, 1, random),
  };
  const scrambled: PredictiveState = {
    values: noise(random, keep(values, index)),
    errors: noise(random, keep(errors, index, index + 1)),
    predictions: activities(noise(random, keep(drives, index, index + 1))),
  };
  return differing(parts.drive(task, state, index), parts.drive(other, scrambled, index));
}

function coupledLayers(random: Random, given: Readonly<Record<number, CoupledLayer>> = {}): CoupledLayer[] {
  return layersOf(random).map(
    ({ weights, biases, activation }, index) =>
      given[index] ?? {
        up: weights.transposed(),
        biases,
        activation,
        down: index === last ? undefined : Matrix.normal(sizes[index + 2]!, sizes[index + 1]!, 0.5, random),
      },
  );
}

function fuzzCoupled(answerOf: LayerAnswer, index: number): Measurement {
  const random = new Random(40 + index);
  const [layers, rates] = [coupledLayers(random), noise(random)];
  const inputs = Matrix.normal(samples, 5, 1, random);
  const about = (of: readonly CoupledLayer[], from: Matrix) => ({
    layers: of,
    inputs: from,
    phase: { kind: 'nudged', targets: Matrix.normal(samples, 3, 1, random), beta: 0.3 } as const,
    arithmetic: doublePrecision,
  });
  const otherInputs = index === 0 ? inputs : Matrix.normal(samples, 5, 1, random);
  const scrambled = noise(random, keep(rates, index - 1, index, index + 1));
  return differing(
    answerOf(about(layers, inputs), rates, index),
    answerOf(about(coupledLayers(random, keep(layers, index)), otherInputs), scrambled, index),
  );
}

function fuzzHolomorphic({ answer: answerOf }: HolomorphicParts, index: number): Measurement {
  const random = new Random(50 + index);
  const layers = coupledLayers(random);
  const [real, imaginary] = [noise(random), noise(random)];
  const complex = (a: readonly Matrix[], b: readonly Matrix[]) =>
    a.map((each, at) => ({ real: each, imaginary: b[at]! }));
  const nudging = () => ({
    targets: Matrix.normal(samples, 3, 1, random),
    real: random.normal(),
    imaginary: random.normal(),
  });
  const inputs = { real: Matrix.normal(samples, 5, 1, random), imaginary: new Matrix(samples, 5) };
  const others = complex(
    noise(random, keep(real, index - 1, index, index + 1)),
    noise(random, keep(imaginary, index - 1, index, index + 1)),
  );
  const before = answerOf(layers, inputs, nudging(), complex(real, imaginary), index);
  const after = answerOf(coupledLayers(random, keep(layers, index)), inputs, nudging(), others, index);
  return worst([differing(before.real, after.real), differing(before.imaginary, after.imaginary)]);
}

export const localityChecks: readonly RuleCheck[] = [
  ruleCheck<PredictiveParts>({
    id: 'predictive-coding-is-local',
    rules: [
      'predictive-coding',
      'predictive-coding-fixed',
      'predictive-coding-nudged',
      'predictive-coding-incremental',
    ],
    title:
      'A value is driven by its own error and by those of the layer above over the weights between, by nothing else',
    source,
    gate,
    subject: strictParts,
    measure: (parts) => worst(hidden.map((index) => fuzzPredictive(parts, index))),
    mutants: {
      'error of the output added to every layer': {
        ...strictParts,
        drive: (task, state, index) => {
          const errors = state.errors[last]!;
          return strictParts
            .drive(task, state, index)
            .map((value, at) => value + errors.values[at % errors.values.length]!);
        },
      },
      'weights of the layer below taken for those above': {
        ...strictParts,
        drive: ({ network, ...task }, state, index) => {
          const layers = network.layers.map((layer, at) =>
            at === index + 1 && index > 0 && index < last - 1 ? network.layers[index]! : layer,
          );
          return strictParts.drive({ ...task, network: new MultilayerNetwork(layers) }, state, index);
        },
      },
      'targets seen by hidden layers': {
        ...strictParts,
        drive: (task, state, index) =>
          strictParts.drive(task, state, index).map((value) => value + task.targets.values[0]!),
      },
    },
  }),
  ruleCheck<LayerAnswer>({
    id: 'coupled-network-is-local',
    rules: [
      'equilibrium-propagation',
      'equilibrium-propagation-symmetric',
      'equilibrium-propagation-vector-field',
      'contrastive-hebbian',
      'contrastive-hebbian-weak-feedback',
    ],
    title: 'A hidden layer at rest knows its neighbours over its own connections up and down, and nothing else',
    source,
    gate,
    subject: answer,
    measure: (answerOf) => worst(hidden.map((index) => fuzzCoupled(answerOf, index))),
    mutants: {
      'weights of the layer above used instead of connections down': (of, rates, index) =>
        answer(
          {
            ...of,
            layers: of.layers.map((each, at) =>
              at === last ? each : { ...each, down: of.layers[at + 1]!.up.transposed() },
            ),
          },
          rates,
          index,
        ),
      'targets seen by hidden layers': (of, rates, index) =>
        answer(of, rates, index).map((value) => value + (of.phase.kind === 'free' ? 0 : of.phase.targets.values[0]!)),
      'outputs seen by all layers': (of, rates, index) =>
        answer(of, rates, index).map((value) => value + rates[last]!.values[0]!),
    },
  }),
  ruleCheck<HolomorphicParts>({
    id: 'holomorphic-network-is-local',
    rules: ['equilibrium-propagation-holomorphic'],
    title: 'With complex rates too a hidden layer knows its neighbours only, and not the nudging',
    source,
    gate,
    subject: holomorphicParts,
    // Layer 0 reads the inputs, which stay.
    measure: (parts) => worst(hidden.map((index) => fuzzHolomorphic(parts, index))),
    mutants: {
      'nudging turns all layers': {
        ...holomorphicParts,
        answer(layers, inputs, nudging, rates, index) {
          const { real, imaginary } = holomorphicParts.answer(layers, inputs, nudging, rates, index);
          return { real: real.scaled(1 + nudging.real), imaginary };
        },
      },
      'weights of the layer above used instead of connections down': {
        ...holomorphicParts,
        answer: (layers, ...others) =>
          holomorphicParts.answer(
            layers.map((each, at) => (at === last ? each : { ...each, down: layers[at + 1]!.up.transposed() })),
            ...others,
          ),
      },
    },
  }),
];
