// Checks that the learning of a projection fits its rule, its weights and the network's signals; used by the main process.
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import type { Population } from '../../common/experiment/network/population.ts';
import { type Plasticity, spikingRules } from '../../common/experiment/network/plasticity.ts';
import { ruleParameters } from '../../common/experiment/network/rule-parameters.ts';
import { isWeight, weightKeys } from '../../common/experiment/network/weight-keys.ts';
import { declarationOf } from '../../common/experiment/rule-file.ts';
import { parameterValues } from '../../common/learning-rule/apply-rule.ts';
import type { RuleDeclaration } from '../../common/learning-rule/declaration.ts';
import type { Equation } from '../../common/learning-rule/equation.ts';
import { compileProgram } from '../../common/learning-rule/program/compile-program.ts';
import { type ParsedRule, parseRule, RuleError } from '../../common/learning-rule/parsed-rule.ts';
import { computeEquation } from '../../common/learning-rule/vector-equation.ts';
import { checkReference, type FileContent, namesOf } from './file-content.ts';
import { checkUnit, populationOf } from './network-references.ts';
import type { ProblemList } from './problem-list.ts';
import type { ReadRule } from './read-rules.ts';
import { either } from './wording.ts';

export function checkPlasticity(
  network: FileContent<NetworkModel>,
  index: number,
  rules: readonly ReadRule[],
  problems: ProblemList,
): void {
  const plasticity = network.value.projections![index]!.plasticity as Plasticity | undefined;
  const declaration = plasticity && declarationFor(plasticity, rules);
  if (plasticity === undefined || declaration === undefined) return;
  if (plasticity.file === undefined) checkWeightUnits(network, index, declaration, plasticity, problems);
  else checkOwnParameters(network, index, declaration, plasticity, problems);
  checkThirdFactors(network, index, declaration, plasticity, problems);
  const rule = parseRule(declaration);
  checkInitialWeight(network, index, rule, plasticity, problems);
  checkPrograms(network, index, rule, plasticity, problems);
}

/** @returns undefined where the rule is not known or wrong, which has been reported. */
function declarationFor({ rule, file }: Plasticity, rules: readonly ReadRule[]): RuleDeclaration | undefined {
  if (file === undefined) return spikingRules.find(({ name }) => name === rule);
  const own = rules.find((each) => each.file === file)?.rule;
  return own && declarationOf(own);
}

/** Whether the rule can be computed with these parameters, on these neurons. */
function checkPrograms(
  network: FileContent<NetworkModel>,
  index: number,
  rule: ParsedRule,
  plasticity: Plasticity,
  problems: ProblemList,
): void {
  const { value, tree } = network;
  const model = populationOf(value, value.projections![index]!.to)?.model;
  if (model === undefined || value.stepMilliseconds === undefined) return;
  try {
    compileProgram(rule, {
      parameters: ruleParameters(rule.declaration, plasticity),
      stepMilliseconds: value.stepMilliseconds,
      weightUnit: 2 ** 16,
      restMillivolts: { sender: undefined, receiver: withoutPotential.has(model) ? undefined : -70 },
    });
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    problems.error(
      tree.placeAt(['projections', index, 'plasticity']),
      `The rule ${rule.declaration.name} cannot be computed here (${error.path.join('.')}): ${error.message}`,
      'Change its parameters, the rule, or the receiving population',
    );
  }
}

/** Models whose neurons have no membrane potential to read. */
const withoutPotential: ReadonlySet<Population['model']> = new Set(['poisson', 'spike-source']);

function checkWeightUnits(
  network: FileContent<NetworkModel>,
  index: number,
  { parameters }: RuleDeclaration,
  plasticity: Plasticity,
  problems: ProblemList,
): void {
  const path = ['projections', index, 'plasticity'];
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
  for (const [key, parameter] of Object.entries(parameters)) {
    if (!isWeight(parameter)) continue;
    const { millivolts, nanosiemens } = weightKeys(key);
    const inUnits = {
      millivolts: { key: millivolts, value: number(plasticity[millivolts]) },
      nanosiemens: { key: nanosiemens, value: number(plasticity[nanosiemens]) },
    };
    checkUnit(network, path, network.value.projections![index]!.to, inUnits, problems);
  }
}

function checkOwnParameters(
  { tree }: FileContent<NetworkModel>,
  index: number,
  { name, parameters }: RuleDeclaration,
  plasticity: Plasticity,
  problems: ProblemList,
): void {
  for (const [at, { key, value }] of (plasticity.parameters ?? []).entries()) {
    const path = ['projections', index, 'plasticity', 'parameters', at] as const;
    const parameter = parameters[key];
    if (parameter === undefined) {
      const keys = Object.keys(parameters);
      const cure = keys.length === 0 ? 'Remove it' : `Write ${either(keys)}`;
      problems.error(tree.placeAt([...path, 'key']), `The rule ${name} has no parameter called ${key}`, cure);
    } else if (value < parameter.min || value > parameter.max) {
      const range = `${parameter.min} to ${parameter.max} ${parameter.unit}`.trim();
      problems.error(tree.placeAt([...path, 'value']), `${key} is ${value}, outside ${range}`, `Choose ${range}`);
    }
  }
}

function checkThirdFactors(
  network: FileContent<NetworkModel>,
  index: number,
  { name, thirdFactors }: RuleDeclaration,
  plasticity: Plasticity,
  problems: ProblemList,
): void {
  const path = ['projections', index, 'plasticity', 'thirdFactors'] as const;
  const given = plasticity.thirdFactors;
  // Where the catalogue asks for them, that they are missing has been reported.
  if (given === undefined) return;
  const entries = Array.isArray(given)
    ? given.map((source, at) => ({ symbol: source.symbol, source, at: [...path, at] }))
    : Object.entries(given).map(([symbol, source]) => ({ symbol, source, at: [...path, symbol] }));
  for (const { symbol, source, at } of entries) {
    const factor = thirdFactors[symbol];
    if (factor === undefined) {
      problems.error(network.tree.placeAt(at), `The rule ${name} has no third factor ${symbol}`, 'Remove it');
      continue;
    }
    checkReference(network, [...at, 'signal'], source?.signal, namesOf(network.value.signals), 'signal', problems);
    const signal = network.value.signals?.find((each) => each?.name === source?.signal);
    if (signal?.kind === 'decoder-error' && factor.pathway === 'broadcast' && source.feedback === 'random') {
      problems.error(
        network.tree.placeAt([...at, 'feedback']),
        `${symbol} of ${name} is one number for all synapses, and random feedback is one for each receiver`,
        'Choose feedback: all',
      );
    }
  }
  for (const [symbol, { label }] of Object.entries(thirdFactors)) {
    if (entries.some((each) => each.symbol === symbol)) continue;
    problems.error(
      network.tree.placeAt(['projections', index, 'plasticity']),
      `The rule ${name} needs a signal for ${symbol} (${label})`,
      `Add thirdFactors: { ${symbol}: { signal: … } }`,
    );
  }
}

function checkInitialWeight(
  network: FileContent<NetworkModel>,
  index: number,
  rule: ParsedRule,
  plasticity: Plasticity,
  problems: ProblemList,
): void {
  const { weightMillivolts, weightNanosiemens } = network.value.projections![index]!;
  const [key, given, unit] =
    weightNanosiemens === undefined
      ? (['weightMillivolts', weightMillivolts, 'mV'] as const)
      : (['weightNanosiemens', weightNanosiemens, 'nS'] as const);
  if (given === undefined) return;
  const constants = parameterValues(rule, ruleParameters(rule.declaration, plasticity));
  const of = (bound: Equation | undefined, otherwise: number) =>
    bound === undefined ? otherwise : (computeEquation(bound, 1, (symbol) => constants[symbol]!) as number);
  const [low, high] = [of(rule.minimum, -Infinity), of(rule.maximum, Infinity)];
  // Of inhibitory weights the sizes learn.
  const weight = Math.abs(given);
  if (weight >= low && weight <= high) return;
  const which =
    weight > high
      ? `above the largest weight of the learning rule, ${high} ${unit}`
      : `below the least weight of the learning rule, ${low} ${unit}`;
  problems.error(
    network.tree.placeAt(['projections', index, key]),
    `The initial weight of ${given} ${unit} is ${which}`,
    weight > high
      ? `Choose ${key} from ${low} to ${high}, or raise the largest weight`
      : `Choose ${key} from ${low} to ${high}`,
  );
}
