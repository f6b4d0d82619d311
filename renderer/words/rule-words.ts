// What a learning rule says of itself, as lines for people and for files; runs in the page.
import { isWeight, weightKeys } from '../../common/experiment/network/weight-keys.ts';
import type { NeuronRead, RuleDeclaration, RuleParameter } from '../../common/learning-rule/declaration.ts';
import { count } from './format.ts';

const eventWords = { arrival: 'at an arrival', firing: 'at a spike of the receiver', step: 'in each step' } as const;

/** @returns one line for each equation: "w ← w + A x   at an arrival". */
export function equationLines({ on, form, bounds }: RuleDeclaration): string[] {
  const lines = (Object.keys(eventWords) as (keyof typeof eventWords)[]).flatMap((event) =>
    Object.entries(on[event] ?? {}).map(
      ([symbol, equation]) => `${symbol} ← ${equation}${form === 'rate' ? '' : `   ${eventWords[event]}`}`,
    ),
  );
  const { min, max } = bounds;
  return min === undefined && max === undefined ? lines : [...lines, `${min ?? '−∞'} ≤ w ≤ ${max ?? '∞'}`];
}

/** @returns one line for each thing that a synapse reads beside its weight. */
export function readLines({ pre, post, thirdFactors, synapse }: RuleDeclaration): string[] {
  const ofNeuron = (reads: Readonly<Record<string, NeuronRead>>) =>
    Object.entries(reads).map(([symbol, read]) => `${symbol}: ${read.label}`);
  return [
    ...ofNeuron(pre),
    ...ofNeuron(post),
    ...Object.entries(thirdFactors).map(([symbol, { label }]) => `${symbol}: ${label}`),
    ...Object.entries(synapse).map(([symbol, { label }]) => `${symbol}: ${label}, kept by each synapse`),
  ];
}

const plain = (value: number) => (Math.abs(value) >= 1000 ? count(value) : String(value).replace('-', '−'));

/** @returns "1 to 500 ms"; a weight of the loop is in mV, of a study without a unit. */
export function rangeWords(form: RuleDeclaration['form'], { min, max, unit }: RuleParameter): string {
  const weight = form === 'spiking' ? 'mV' : '';
  const words = unit === 'w' ? weight : unit.replaceAll(/\bw\b/g, weight === '' ? '1' : weight);
  return `${plain(min)} to ${plain(max)} ${words}`.trimEnd();
}

/** @param values by key. @returns the lines of `plasticity` in a network model, weights in mV. */
export function plasticityLines(rule: RuleDeclaration, values: Readonly<Record<string, number>>): string[] {
  const parameters = Object.entries(rule.parameters).map(([key, parameter]) => {
    const name = isWeight(parameter) ? weightKeys(key).millivolts : key;
    return `  ${name}: ${values[key]}`;
  });
  const factors = Object.keys(rule.thirdFactors).map((symbol) => `    ${symbol}: { signal: name-of-a-signal }`);
  return [
    'plasticity:',
    `  rule: ${rule.name}`,
    ...parameters,
    ...(factors.length === 0 ? [] : ['  thirdFactors:', ...factors]),
  ];
}
