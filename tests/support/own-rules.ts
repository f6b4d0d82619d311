// Puts learning rules of any declaration into networks for comparing back ends, and draws the signals that they read.
import { type RuleFile, ruleFileSchema } from '../../common/experiment/rule-file.ts';
import type { RuleDeclaration } from '../../common/learning-rule/declaration.ts';
import type { SimulationConfiguration } from '../../common/simulation-protocol/configuration.ts';
import { quietSignals } from '../../simulation/backend/check-signals.ts';
import type { CompiledNetwork } from '../../simulation/network/compiled-network.ts';
import type { RandomSequence } from '../../simulation/network/random.ts';

/** @returns the rule as a laboratory's file has it. */
function fileOf({ form: _, on, ...declaration }: RuleDeclaration): RuleFile {
  const listOf = (of: object, key: string) => Object.entries(of).map(([own, each]) => ({ [key]: own, ...each }));
  const equations = Object.entries(on).map(([event, assignments]) => [
    event,
    Object.entries(assignments).map(([symbol, becomes]) => ({ symbol, becomes })),
  ]);
  return ruleFileSchema.parse({
    exocortex: 'learning-rule/1',
    ...declaration,
    parameters: listOf(declaration.parameters, 'key'),
    pre: listOf(declaration.pre, 'symbol'),
    post: listOf(declaration.post, 'symbol'),
    thirdFactors: listOf(declaration.thirdFactors, 'symbol'),
    synapse: listOf(declaration.synapse, 'symbol'),
    on: Object.fromEntries(equations),
  });
}

/** @param rules of its projections in order, with what is left out of their parameters. @returns the network in which they learn. */
export function withRules(
  configuration: SimulationConfiguration,
  rules: readonly (RuleDeclaration | undefined)[],
): SimulationConfiguration {
  const ownRules = rules.flatMap((rule, index) =>
    rule === undefined ? [] : [{ file: `rule-${index}`, rule: fileOf(rule) }],
  );
  const projections = configuration.network.projections.map((projection, index) => {
    const rule = rules[index];
    if (rule === undefined) return projection;
    const symbols = Object.keys(rule.thirdFactors);
    const thirdFactors = symbols.map((symbol) => ({ symbol, signal: 'any', gain: 1, feedback: 'all' as const }));
    return { ...projection, plasticity: { rule: 'own', file: `rule-${index}`, parameters: [], thirdFactors } };
  });
  return { ...configuration, network: { ...configuration.network, projections }, ownRules };
}

/** Numbers of each third factor within its bounds; every projection learns. */
export function drawSignals(network: CompiledNetwork, random: RandomSequence): Int32Array {
  const signals = quietSignals(network);
  for (const { factor, start, length } of network.thirdFactors) {
    for (let at = start; at < start + length; at++)
      signals[at] = Math.round(factor.low + random.uniform() * (factor.high - factor.low));
  }
  return signals;
}
