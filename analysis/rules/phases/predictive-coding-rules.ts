// Learning by predictive coding: after settling, or in every step of it; analysis process.
import { parameterValues, type RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import { predictiveCoding } from '../../../common/learning-rule/catalogue/predictive-coding.ts';
import { predictiveCodingFixed } from '../../../common/learning-rule/catalogue/predictive-coding-fixed.ts';
import { predictiveCodingIncremental } from '../../../common/learning-rule/catalogue/predictive-coding-incremental.ts';
import { predictiveCodingNudged } from '../../../common/learning-rule/catalogue/predictive-coding-nudged.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { type ParsedRule, parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import type { Matrix } from '../base/matrix.ts';
import type { DeepRule, LayerChange } from '../deep/deep-rule.ts';
import type { MultilayerNetwork } from '../deep/multilayer-network.ts';
import { synapticChange } from '../deep/synaptic-change.ts';
import { addChanges, phaseLearner } from './phase-learner.ts';
import { settingsOf } from './settings.ts';
import {
  fixedParts,
  type OutputValue,
  type PredictiveParts,
  type PredictiveState,
  type PredictiveTask,
  settleValues,
  settlingStep,
  startOfSettling,
  strictParts,
  withErrors,
} from './predictive-coding.ts';

/** By the symbols of the declaration. */
type Settings = Readonly<Record<string, number>>;

/** A variant of predictive coding. */
export interface PredictiveVariant {
  readonly declaration: RuleDeclaration;
  readonly parts: PredictiveParts;
  output(settings: Settings): OutputValue;
  /** @returns what one presentation changes. */
  present(
    variant: PredictiveVariant,
    rule: ParsedRule,
    parameters: RuleParameters,
    task: PredictiveTask,
  ): LayerChange[];
}

/** @returns what the errors of now would change in each layer. */
export const changesByErrors = (
  parts: PredictiveParts,
  rule: ParsedRule,
  parameters: RuleParameters,
  { network: { layers }, inputs }: PredictiveTask,
  state: PredictiveState,
): LayerChange[] =>
  layers.map((layer, index) =>
    synapticChange(
      rule,
      parameters,
      layer,
      { x: index === 0 ? inputs : parts.sender(state, index - 1) },
      {
        error: state.errors[index]!,
        slope: state.predictions[index]!.drive.map((drive) => layer.activation.slope(drive)),
      },
    ),
  );

/** Settles first, then learns. */
export const afterSettling: PredictiveVariant['present'] = ({ parts }, rule, parameters, task) =>
  changesByErrors(
    parts,
    rule,
    parameters,
    task,
    settleValues(parts, task, settingsOf(rule, parameters, ['T', 'rest', 'step'])),
  );

/** Learns in each step by the errors from before it. @returns what all steps together change. */
export const inEveryStep: PredictiveVariant['present'] = ({ parts }, rule, parameters, task) => {
  const { T, step } = settingsOf(rule, parameters, ['T', 'step']);
  const network = task.network.copy();
  const moving = { ...task, network };
  let state = startOfSettling(parts, moving);
  for (let count = 0; count < T; count++) {
    const changes = changesByErrors(parts, rule, parameters, moving, state);
    const { values } = settlingStep(parts, moving, state, step);
    addChanges(network, changes);
    state = withErrors(parts, moving, values, parts.predict(moving, values));
  }
  return network.layers.map(({ weights, biases }, index) => {
    const before = task.network.layers[index]!;
    return {
      weights: weights.minus(before.weights),
      biases: biases.map((each, at) => each - before.biases[at]!),
    };
  });
};

export function predictiveRule(variant: PredictiveVariant): DeepRule {
  const rule = parseRule(variant.declaration);
  return {
    declaration: variant.declaration,
    create: (network: MultilayerNetwork, parameters) =>
      phaseLearner(network, (inputs: Matrix, targets: Matrix) => {
        const output = variant.output(parameterValues(rule, parameters));
        return variant.present(variant, rule, parameters, { network, inputs, targets, output });
      }),
  };
}

const clamped: OutputValue = { kind: 'clamped', precision: 1 };

export const fixedVariant: PredictiveVariant = {
  declaration: predictiveCodingFixed,
  parts: fixedParts,
  output: () => clamped,
  present: afterSettling,
};
export const strictVariant: PredictiveVariant = {
  declaration: predictiveCoding,
  parts: strictParts,
  output: ({ lambda }) => ({ kind: 'clamped', precision: lambda! }),
  present: afterSettling,
};
export const nudgedVariant: PredictiveVariant = {
  declaration: predictiveCodingNudged,
  parts: strictParts,
  output: ({ beta }) => ({ kind: 'nudged', beta: beta! }),
  present: afterSettling,
};
export const incrementalVariant: PredictiveVariant = {
  declaration: predictiveCodingIncremental,
  parts: strictParts,
  output: () => clamped,
  present: inEveryStep,
};
