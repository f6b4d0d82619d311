// Checks that apical dendrites and bursts are local: everything that a neuron must not know is scrambled; analysis process.
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { MultilayerNetwork } from '../../deep/multilayer-network.ts';
import { burst, type BurstParts, burstParts } from '../../phases/burst-ensemble.ts';
import { type Microcircuit, microcircuitStep, type MicrocircuitState } from '../../phases/dendritic-microcircuit.ts';
import {
  drawFeedback,
  type MicrocircuitRuleParts,
  microcircuitRuleParts,
  selfPredicting,
} from '../../phases/microcircuit-rule.ts';
import { type Measurement, type RuleCheck, ruleCheck } from '../check.ts';
import { differing, gate, hidden, keep, layersOf, noise, samples, sizes, source, worst } from './scrambling.ts';

function fuzzMicrocircuit(parts: MicrocircuitRuleParts, index: number): Measurement {
  const random = new Random(60 + index);
  const conductances = { g_leak: 0.1, g_basal: 1, g_apical: 0.8, g_somatic: 0.8, g_teaching: 0.1 };
  const network = new MultilayerNetwork(layersOf(random));
  const circuit = selfPredicting(parts, network, drawFeedback(network, random), conductances);
  const state: MicrocircuitState = {
    somata: noise(random),
    interneurons: noise(random)
      .slice(0, -1)
      .map((_, at) => Matrix.normal(samples, sizes[at + 2]!, 1, random)),
  };
  const inputs = Matrix.normal(samples, 5, 1, random);
  const otherNetwork = new MultilayerNetwork(layersOf(random, keep(network.layers, index)));
  const drawn = selfPredicting(parts, otherNetwork, drawFeedback(otherNetwork, random), conductances);
  const other: Microcircuit = {
    ...drawn,
    // Its own feedback and inhibition; the dendrites of its interneurons are not its own.
    apical: drawn.apical.map((each, at) =>
      at === index ? { ...circuit.apical[at]!, toInterneurons: each.toInterneurons } : each,
    ),
  };
  const scrambled: MicrocircuitState = {
    somata: noise(random, keep(state.somata, index - 1, index, index + 1)),
    interneurons: state.interneurons.map((each, at) => (at === index ? each : each.map(() => random.normal()))),
  };
  const targets = () => Matrix.normal(samples, 3, 1, random);
  const somaOf = (of: Microcircuit, from: MicrocircuitState) =>
    microcircuitStep(parts, of, inputs, targets(), from, 0.5).somata[index]!;
  return differing(somaOf(circuit, state), somaOf(other, scrambled));
}

function fuzzBurst(makeParts: (network: MultilayerNetwork) => BurstParts, index: number): Measurement {
  const random = new Random(70 + index);
  const network = new MultilayerNetwork(layersOf(random));
  const parts = makeParts(network);
  const feedback = drawFeedback(network, random);
  const activities = network.forward(Matrix.normal(samples, 5, 1, random));
  const targets = Matrix.normal(samples, 3, 1, random);
  const settings = { kappa: 0.1, gain: 1 };
  const before = burst(parts, network, activities, feedback, targets, settings).probabilities[index]!;
  for (const { weights, biases } of network.layers) {
    for (const values of [weights.values, biases])
      for (let at = 0; at < values.length; at++) values[at] = random.normal();
  }
  const otherFeedback = feedback.map((each, at) => (at >= index ? each : each.map(() => random.normal())));
  const otherActivities = activities.map((each, at) =>
    at >= index ? each : { drive: noise(random)[at]!, rates: noise(random)[at]! },
  );
  const after = burst(parts, network, otherActivities, otherFeedback, targets, settings).probabilities[index]!;
  return differing(before, after);
}

export const dendriticLocalityChecks: readonly RuleCheck[] = [
  ruleCheck<MicrocircuitRuleParts>({
    id: 'dendritic-microcircuit-is-local',
    rules: ['dendritic-microcircuit'],
    title:
      'A pyramidal neuron knows its dendrites: rates below, rates above over feedback of its own, and its interneurons',
    source,
    gate,
    subject: microcircuitRuleParts,
    measure: (parts) => worst(hidden.map((index) => fuzzMicrocircuit(parts, index))),
    mutants: {
      'feedback over the forward weights': {
        ...microcircuitRuleParts,
        apical: (circuit, state, index) =>
          microcircuitRuleParts.apical(
            {
              ...circuit,
              apical: circuit.apical.map((each, at) => ({
                ...each,
                feedback: circuit.network.layers[at + 1]!.weights.transposed(),
              })),
            },
            state,
            index,
          ),
      },
      'teacher at every soma': {
        ...microcircuitRuleParts,
        soma: (circuit, state, index, basal, targets) =>
          microcircuitRuleParts
            .soma(circuit, state, index, basal, targets)
            .map((value) => value + (targets?.values[0] ?? 0)),
      },
    },
  }),
  ruleCheck<(network: MultilayerNetwork) => BurstParts>({
    id: 'burst-ensemble-is-local',
    rules: ['burst-dependent-ensemble'],
    title: 'Burst probabilities come from bursts above over feedback of their own, not over the forward weights',
    source,
    gate,
    subject: () => burstParts,
    measure: (makeParts) => worst(hidden.map((index) => fuzzBurst(makeParts, index))),
    mutants: {
      'feedback over the forward weights': (network) => ({
        ...burstParts,
        feedback: (bursts) =>
          bursts.times(
            network.layers.find(({ weights }) => weights.rows === bursts.columns && weights.columns === 6)!.weights,
          ),
      }),
      'burst probability weighted by the weights of its own layer': (network) => ({
        ...burstParts,
        probability: (apical) => burstParts.probability(apical * network.layers[0]!.weights.values[0]!),
      }),
    },
  }),
];
