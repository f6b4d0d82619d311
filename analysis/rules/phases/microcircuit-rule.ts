// Learning in the dendritic microcircuit: basal dendrites, interneurons and their inhibition of apical dendrites; analysis process.
import type { RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import { dendriticMicrocircuit } from '../../../common/learning-rule/catalogue/dendritic-microcircuit.ts';
import { dendriticMicrocircuitInhibition } from '../../../common/learning-rule/catalogue/dendritic-microcircuit-inhibition.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { type ParsedRule, parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { linear } from '../deep/activation.ts';
import type { DeepRule, LayerChange } from '../deep/deep-rule.ts';
import type { MultilayerNetwork } from '../deep/multilayer-network.ts';
import { addChange, synapticChange } from '../deep/synaptic-change.ts';
import {
  type ApicalLayer,
  type Conductances,
  dendrites,
  type Microcircuit,
  type MicrocircuitParts,
  microcircuitParts,
  type MicrocircuitState,
  ratesOf,
  settleMicrocircuit,
} from './dendritic-microcircuit.ts';
import { addChanges, below } from './phase-learner.ts';
import { settingsOf } from './settings.ts';

/** Of the dynamics, and the two rules of its synapses. */
export interface MicrocircuitRuleParts extends MicrocircuitParts {
  readonly declaration: RuleDeclaration;
  readonly inhibition: RuleDeclaration;
}

export const microcircuitRuleParts: MicrocircuitRuleParts = {
  ...microcircuitParts,
  declaration: dendriticMicrocircuit,
  inhibition: dendriticMicrocircuitInhibition,
};

/** @returns feedback to each hidden layer as large as its forward weights: neurons × neurons of the layer above. */
export const drawFeedback = ({ layers }: MultilayerNetwork, random: Random): Matrix[] =>
  layers
    .slice(1)
    .map(({ weights }) => Matrix.normal(weights.columns, weights.rows, 1 / Math.sqrt(weights.columns), random));

/** @returns interneurons that do exactly what the layer above does without teacher, and inhibition that cancels the feedback. */
export const selfPredicting = (
  parts: MicrocircuitParts,
  network: MultilayerNetwork,
  feedback: readonly Matrix[],
  conductances: Conductances,
): Microcircuit => {
  const last = network.layers.length - 1;
  const ofInterneuron = parts.attenuation(conductances, true);
  const apical = feedback.map((matrix, index): ApicalLayer => {
    const { weights, biases, activation } = network.layers[index + 1]!;
    const ratio = parts.attenuation(conductances, index + 1 === last) / ofInterneuron;
    return {
      feedback: matrix,
      toInterneurons: { weights: weights.scaled(ratio), biases: biases.map((each) => ratio * each), activation },
      inhibition: { weights: matrix.scaled(-1), biases: new Float64Array(matrix.rows), activation: linear },
    };
  });
  return { network, apical, conductances };
};

/** @returns what the rule would change on basal dendrites of each layer. */
export const basalChanges = (
  parts: MicrocircuitParts,
  rule: ParsedRule,
  parameters: RuleParameters,
  circuit: Microcircuit,
  inputs: Matrix,
  state: MicrocircuitState,
): LayerChange[] => {
  const { layers } = circuit.network;
  const rates = layers.map((_, index) => ratesOf(circuit, state, index));
  return layers.map((layer, index) => {
    const sender = below(inputs, rates, index);
    const attenuation = parts.attenuation(circuit.conductances, index === layers.length - 1);
    const alone = dendrites(sender, layer).map((potential) => layer.activation.of(attenuation * potential));
    return synapticChange(rule, parameters, layer, { x: sender }, { fired: rates[index]!, predicted: alone });
  });
};

/** Interneurons learn to do what the layer above does, and their synapses to silence apical dendrites. */
export function learnInterneurons(
  parts: MicrocircuitRuleParts,
  [rule, inhibitionRule]: readonly [ParsedRule, ParsedRule],
  learningRate: number,
  circuit: Microcircuit,
  state: MicrocircuitState,
): void {
  const attenuation = parts.attenuation(circuit.conductances, true);
  for (const [index, { toInterneurons, inhibition }] of circuit.apical.entries()) {
    const sender = ratesOf(circuit, state, index);
    const { activation } = toInterneurons;
    const fired = state.interneurons[index]!.map((potential) => activation.of(potential));
    const predicted = dendrites(sender, toInterneurons).map((potential) => activation.of(attenuation * potential));
    const apical = parts.apical(circuit, state, index);
    const ofDendrites = synapticChange(rule, { learningRate }, toInterneurons, { x: sender }, { fired, predicted });
    const ofInhibition = synapticChange(inhibitionRule, { learningRate }, inhibition, { x: fired }, { apical });
    addChange(toInterneurons, ofDendrites);
    addChange(inhibition, { weights: ofInhibition.weights, biases: new Float64Array(inhibition.biases.length) });
  }
}

export function microcircuitRule(parts: MicrocircuitRuleParts): DeepRule {
  const { declaration } = parts;
  const rules = [parseRule(declaration), parseRule(parts.inhibition)] as const;
  const [rule] = rules;
  return {
    declaration,
    create(network, parameters, random) {
      const settings = settingsOf(rule, parameters, [
        'eta_interneuron',
        'g_leak',
        'g_basal',
        'g_apical',
        'g_somatic',
        'g_teaching',
        'T',
        'rest',
        'step',
      ]);
      const circuit = selfPredicting(parts, network, drawFeedback(network, random), settings);
      const rest = (inputs: Matrix, targets?: Matrix) => settleMicrocircuit(parts, circuit, inputs, targets, settings);
      return {
        network,
        changes: (inputs, targets) => basalChanges(parts, rule, parameters, circuit, inputs, rest(inputs, targets)),
        learn(inputs, targets) {
          const state = rest(inputs, targets);
          const changes = basalChanges(parts, rule, parameters, circuit, inputs, state);
          learnInterneurons(parts, rules, settings.eta_interneuron, circuit, state);
          addChanges(network, changes);
        },
        predict: (inputs) => rest(inputs).somata.at(-1)!,
      };
    },
  };
}
