// Contrastive Hebbian learning, with feedback as strong as the forward weights or much weaker; analysis process.
import { parameterValues, type RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import { contrastiveHebbian } from '../../../common/learning-rule/catalogue/contrastive-hebbian.ts';
import { contrastiveHebbianWeakFeedback } from '../../../common/learning-rule/catalogue/contrastive-hebbian-weak-feedback.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { type ParsedRule, parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import type { Matrix } from '../base/matrix.ts';
import type { DeepRule, LayerChange } from '../deep/deep-rule.ts';
import type { MultilayerNetwork } from '../deep/multilayer-network.ts';
import { synapticChange } from '../deep/synaptic-change.ts';
import { doublePrecision } from './arithmetic.ts';
import { answer, type CoupledLayer, type LayerAnswer, symmetricCoupling } from './coupled-network.ts';
import { readFree, rest } from './equilibrium-propagation.ts';
import { below, filled, phaseLearner } from './phase-learner.ts';
import { settingsOf } from './settings.ts';

/** What contrastive Hebbian learning is made of. */
export interface ContrastiveParts {
  readonly declaration: RuleDeclaration;
  readonly answer: LayerAnswer;
  /** @param strength γ, of the connections down against those up */
  couple(network: MultilayerNetwork, strength: number): CoupledLayer[];
}

const restingParts = (parts: ContrastiveParts, rule: ParsedRule, parameters: RuleParameters) => ({
  answer: parts.answer,
  arithmetic: doublePrecision,
  couple: (network: MultilayerNetwork) => parts.couple(network, parameterValues(rule, parameters)['gamma'] ?? 1),
});

export function contrastiveChanges(
  parts: ContrastiveParts,
  rule: ParsedRule,
  parameters: RuleParameters,
  network: MultilayerNetwork,
  inputs: Matrix,
  targets: Matrix,
): LayerChange[] {
  const settings = settingsOf(rule, parameters, ['T', 'rest']);
  const resting = restingParts(parts, rule, parameters);
  const free = rest(resting, network, inputs, { kind: 'free' }, settings);
  const clamped = rest(resting, network, inputs, { kind: 'clamped', targets }, settings, free);
  return network.layers.map((layer, index) =>
    synapticChange(
      rule,
      parameters,
      layer,
      { x_free: below(inputs, free, index), x_clamped: below(inputs, clamped, index) },
      {
        y_free: free[index]!,
        y_clamped: clamped[index]!,
        above: filled(free[index]!, network.layers.length - 1 - index),
      },
    ),
  );
}

export function contrastiveRule(parts: ContrastiveParts): DeepRule {
  const { declaration } = parts;
  const rule = parseRule(declaration);
  return {
    declaration,
    create: (network, parameters) =>
      phaseLearner(
        network,
        (inputs, targets) => contrastiveChanges(parts, rule, parameters, network, inputs, targets),
        (inputs) => readFree(restingParts(parts, rule, parameters), rule, parameters, network, inputs),
      ),
  };
}

export const movellanParts: ContrastiveParts = { declaration: contrastiveHebbian, answer, couple: symmetricCoupling };
export const weakFeedbackParts: ContrastiveParts = { ...movellanParts, declaration: contrastiveHebbianWeakFeedback };
