// Ensembles of bursting neurons: events carry the input up, bursts bring the teacher down; analysis process.
import type { RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import { burstDependentEnsemble } from '../../../common/learning-rule/catalogue/burst-dependent-ensemble.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { type ParsedRule, parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import type { Matrix } from '../base/matrix.ts';
import type { Activation } from '../deep/activation.ts';
import type { DeepRule, LayerChange } from '../deep/deep-rule.ts';
import type { LayerActivity, MultilayerNetwork } from '../deep/multilayer-network.ts';
import { synapticChange } from '../deep/synaptic-change.ts';
import { drawFeedback } from './microcircuit-rule.ts';
import { below, phaseLearner } from './phase-learner.ts';
import { settingsOf } from './settings.ts';

/** What an ensemble is made of. */
export interface BurstParts {
  readonly declaration: RuleDeclaration;
  /** @returns the event rate, never below 0, of a unit with this rate. */
  events(activation: Activation, rate: number): number;
  /** @returns how much an apical dendrite counts at this drive and event rate: with it, bursts follow the slope of events. */
  gate(activation: Activation, drive: number, events: number): number;
  /** @returns the burst probability of hidden units. @param apical gated feedback times its gain */
  probability(apical: number): number;
  /** @returns the burst probability of outputs. @param error gated, times the strength of the teacher; 0 without teacher */
  taught(error: number): number;
  /** @returns what reaches apical dendrites, samples × neurons. @param feedback neurons × neurons of the layer above */
  feedback(bursts: Matrix, feedback: Matrix): Matrix;
}

/** Of each layer, samples × neurons. */
export interface BurstState {
  readonly events: readonly Matrix[];
  readonly probabilities: readonly Matrix[];
}

/**
 * @param targets undefined: without teacher
 * @returns events, and burst probabilities from the outputs down
 */
export function burst(
  parts: BurstParts,
  { layers }: MultilayerNetwork,
  activities: readonly LayerActivity[],
  feedback: readonly Matrix[],
  targets: Matrix | undefined,
  { kappa, gain }: { readonly kappa: number; readonly gain: number },
): BurstState {
  const events = layers.map(({ activation }, index) =>
    activities[index]!.rates.map((rate) => parts.events(activation, rate)),
  );
  const probabilities: Matrix[] = [];
  for (let index = layers.length - 1; index >= 0; index--) {
    const { drive, rates } = activities[index]!;
    const gate = drive.with(events[index]!, (value, event) => parts.gate(layers[index]!.activation, value, event));
    if (index === layers.length - 1) {
      const error = targets === undefined ? rates.map(() => 0) : targets.minus(rates);
      probabilities[index] = gate.with(error, (own, miss) => parts.taught(kappa * own * miss));
    } else {
      const bursts = probabilities[index + 1]!.each(events[index + 1]!);
      const apical = parts.feedback(bursts, feedback[index]!);
      probabilities[index] = gate.with(apical, (own, value) => parts.probability(gain * own * value));
    }
  }
  return { events, probabilities };
}

export function burstChanges(
  parts: BurstParts,
  rule: ParsedRule,
  parameters: RuleParameters,
  network: MultilayerNetwork,
  feedback: readonly Matrix[],
  inputs: Matrix,
  targets: Matrix,
): LayerChange[] {
  const settings = settingsOf(rule, parameters, ['kappa', 'gain']);
  const activities = network.forward(inputs);
  const usual = burst(parts, network, activities, feedback, undefined, settings);
  const taught = burst(parts, network, activities, feedback, targets, settings);
  const rates = activities.map((each) => each.rates);
  return network.layers.map((layer, index) => {
    const events = taught.events[index]!;
    return synapticChange(
      rule,
      parameters,
      layer,
      { x: below(inputs, rates, index) },
      { events, bursts: taught.probabilities[index]!.each(events), usual: usual.probabilities[index]! },
    );
  });
}

export function burstRule(parts: BurstParts): DeepRule {
  const { declaration } = parts;
  const rule = parseRule(declaration);
  return {
    declaration,
    create(network, parameters, random) {
      const feedback = drawFeedback(network, random);
      return phaseLearner(network, (inputs, targets) =>
        burstChanges(parts, rule, parameters, network, feedback, inputs, targets),
      );
    },
  };
}

export const burstParts: BurstParts = {
  declaration: burstDependentEnsemble,
  // Rates of both signs stand for event rates about a middle of 1; linear outputs have one event in each presentation.
  events: ({ name }, rate) => (name === 'tanh' ? 1 + rate : name === 'linear' ? 1 : rate),
  gate: ({ slope }, drive, events) => (events === 0 ? 0 : slope(drive) / events),
  probability: (apical) => 1 / (1 + Math.exp(-apical)),
  taught: (error) => Math.min(1, Math.max(0, 0.5 + error)),
  feedback: (bursts, feedback) => bursts.times(feedback.transposed()),
};
