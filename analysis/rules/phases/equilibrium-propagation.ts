// Equilibrium propagation over phases of one network: free and nudged, or nudged both ways; analysis process.
import type { RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import { equilibriumPropagation } from '../../../common/learning-rule/catalogue/equilibrium-propagation.ts';
import { equilibriumPropagationSymmetric } from '../../../common/learning-rule/catalogue/equilibrium-propagation-symmetric.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { type ParsedRule, parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import type { Matrix } from '../base/matrix.ts';
import type { DeepRule, LayerChange } from '../deep/deep-rule.ts';
import type { MultilayerNetwork } from '../deep/multilayer-network.ts';
import { synapticChange } from '../deep/synaptic-change.ts';
import { type Arithmetic, doublePrecision } from './arithmetic.ts';
import {
  answer,
  type CoupledLayer,
  type LayerAnswer,
  type Phase,
  settle,
  symmetricCoupling,
} from './coupled-network.ts';
import { below, phaseLearner } from './phase-learner.ts';
import { type RestSettings, settingsOf } from './settings.ts';

/** What equilibrium propagation is made of. */
export interface EquilibriumParts {
  readonly declaration: RuleDeclaration;
  /** By their names in the declaration (`x_free`, `y_free`), the nudging in units of β; 0 is free. */
  readonly phases: Readonly<Record<string, number>>;
  readonly answer: LayerAnswer;
  readonly arithmetic: Arithmetic;
  readonly couple: (network: MultilayerNetwork) => CoupledLayer[];
}

/**
 * Lets the network come to rest.
 * @param start rates to start from; 0 if left out
 * @returns rates of each layer, samples × neurons
 */
export function rest(
  { answer: answerOf, arithmetic, couple }: Pick<EquilibriumParts, 'answer' | 'arithmetic' | 'couple'>,
  network: MultilayerNetwork,
  inputs: Matrix,
  phase: Phase,
  { T, rest: tolerance }: RestSettings,
  start?: readonly Matrix[],
): Matrix[] {
  const settling = { answer: answerOf, steps: T, tolerance };
  return settle(settling, { layers: couple(network), inputs, phase, arithmetic }, start);
}

/** @returns the rates of each phase, by its name; all start from the free rest. */
export function restInPhases(
  parts: EquilibriumParts,
  { beta, ...settings }: RestSettings & { readonly beta: number },
  network: MultilayerNetwork,
  inputs: Matrix,
  targets: Matrix,
): Readonly<Record<string, readonly Matrix[]>> {
  const free = rest(parts, network, inputs, { kind: 'free' }, settings);
  return Object.fromEntries(
    Object.entries(parts.phases).map(([name, nudging]) => {
      if (nudging === 0) return [name, free];
      return [name, rest(parts, network, inputs, { kind: 'nudged', targets, beta: nudging * beta }, settings, free)];
    }),
  );
}

/** @returns what the rule would change in each layer, by the rates of the phases that it names. */
export function changesByPhases(
  rule: ParsedRule,
  parameters: RuleParameters,
  { layers }: MultilayerNetwork,
  inputs: Matrix,
  restsByName: Readonly<Record<string, readonly Matrix[]>>,
): LayerChange[] {
  const phases = Object.entries(restsByName);
  return layers.map((layer, index) =>
    synapticChange(
      rule,
      parameters,
      layer,
      Object.fromEntries(phases.map(([name, rates]) => [`x_${name}`, below(inputs, rates, index)])),
      Object.fromEntries(phases.map(([name, rates]) => [`y_${name}`, rates[index]!])),
    ),
  );
}

/** @returns what the outputs do at rest, samples × outputs. */
export const readFree = (
  parts: Pick<EquilibriumParts, 'answer' | 'arithmetic' | 'couple'>,
  rule: ParsedRule,
  parameters: RuleParameters,
  network: MultilayerNetwork,
  inputs: Matrix,
): Matrix => rest(parts, network, inputs, { kind: 'free' }, settingsOf(rule, parameters, ['T', 'rest'])).at(-1)!;

export function equilibriumRule(parts: EquilibriumParts): DeepRule {
  const { declaration } = parts;
  const rule = parseRule(declaration);
  return {
    declaration,
    create: (network, parameters) =>
      phaseLearner(
        network,
        (inputs, targets) => {
          const settings = settingsOf(rule, parameters, ['beta', 'T', 'rest']);
          const phases = restInPhases(parts, settings, network, inputs, targets);
          return changesByPhases(rule, parameters, network, inputs, phases);
        },
        (inputs) => readFree(parts, rule, parameters, network, inputs),
      ),
  };
}

const symmetric = { answer, arithmetic: doublePrecision, couple: symmetricCoupling };

export const oneSidedParts: EquilibriumParts = {
  ...symmetric,
  declaration: equilibriumPropagation,
  phases: { free: 0, nudged: 1 },
};
export const twoSidedParts: EquilibriumParts = {
  ...symmetric,
  declaration: equilibriumPropagationSymmetric,
  phases: { plus: 1, minus: -1 },
};
