// `exocortex rules show`: what a learning rule declares of itself. Main process of the plain-Node shell.
import { parseArgs } from 'node:util';
import { catalogue } from '../../../../../common/learning-rule/catalogue/catalogue.ts';
import type {
  NeuronRead,
  Pathway,
  RuleDeclaration,
  RuleParameter,
} from '../../../../../common/learning-rule/declaration.ts';
import { localityOf, localityWords } from '../../../../../common/learning-rule/locality.ts';
import type { ShellSetting } from '../../shell-setting.ts';
import { textTable } from './text-table.ts';

const events = { arrival: 'a spike arrives', firing: 'the receiver fires', step: 'a step passes' } as const;

const pathways: Readonly<Record<Pathway, string>> = {
  broadcast: 'one number for all synapses',
  separate: 'a number for each receiver, over connections of their own',
  'transposed-weights': 'a number for each receiver, over the forward weights backwards',
  global: 'from anywhere',
};

export async function showRule(shell: ShellSetting, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) throw new RangeError("'rules show' takes the name of one rule.");
  const declaration = catalogue.find((each) => each.name === name);
  if (declaration === undefined)
    throw new RangeError(`There is no rule '${name}': there are ${catalogue.map((each) => each.name).join(', ')}.`);
  if (values.json) shell.print(JSON.stringify({ ...declaration, locality: localityOf(declaration) }));
  else for (const line of linesOf(declaration)) shell.print(line);
  return 0;
}

export function linesOf(declaration: RuleDeclaration): string[] {
  const { name, title, about, form, sources, parameters, pre, post, thirdFactors, synapse, bounds, on } = declaration;
  const locality = localityOf(declaration);
  const equations = Object.entries(events).flatMap(([event, words]) =>
    Object.entries(on[event as keyof typeof events] ?? {}).map(([symbol, text]) => [
      `when ${words}`,
      `${symbol} becomes ${text}`,
    ]),
  );
  const reads = [
    ...Object.entries(pre).map(([symbol, read]) => [symbol, 'sender', read.label, wordsOf(read, declaration)]),
    ...Object.entries(post).map(([symbol, read]) => [symbol, 'receiver', read.label, wordsOf(read, declaration)]),
    ...Object.entries(thirdFactors).map(([symbol, { label, pathway }]) => [
      symbol,
      'third factor',
      label,
      pathways[pathway],
    ]),
    ...Object.entries(synapse).map(([symbol, { label, initial }]) => [
      symbol,
      'synapse',
      label,
      `begins with ${initial}`,
    ]),
  ];
  const { min, max } = bounds;
  return [
    `${title} (${name}), a rule for ${form === 'rate' ? 'rates' : 'spikes'}`,
    about,
    '',
    `Class ${locality}. What a synapse must know: ${localityWords[locality]}.`,
    ...part('Equations', equations),
    ...(min === undefined && max === undefined
      ? []
      : [
          `  w stays ${[...(min === undefined ? [] : [`at or above ${min}`]), ...(max === undefined ? [] : [`at or below ${max}`])].join(' and ')}`,
        ]),
    ...part('Reads', reads),
    ...part(
      'Parameters',
      Object.entries(parameters).map(([key, parameter]) => parameterRow(key, parameter)),
    ),
    '',
    'Sources',
    ...sources.map((source) => `  ${source}`),
  ];
}

/** A heading with a table below it; nothing where the table is empty. */
function part(heading: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ['', heading, ...textTable(rows).map((line) => `  ${line}`)];
}

function parameterRow(
  key: string,
  { symbol, label, unit, min, max, default: standard, note }: RuleParameter,
): string[] {
  const inUnit = unit === '' ? '' : ` ${unit}`;
  return [
    key,
    symbol,
    note === undefined ? label : `${label}. ${note}`,
    `${min} to ${max}${inUnit}`,
    `default ${standard}${inUnit}`,
  ];
}

function wordsOf(read: NeuronRead, { parameters }: RuleDeclaration): string {
  const constant = (symbol: string) => {
    const [key] = Object.entries(parameters).find(([, parameter]) => parameter.symbol === symbol) ?? [symbol];
    return `${symbol} (${key})`;
  };
  switch (read.kind) {
    case 'trace':
      return `trace of its spikes, decays with ${constant(read.timeConstant)}`;
    case 'average':
      return `mean of ${read.of}, decays with ${constant(read.timeConstant)}`;
    case 'value':
      return 'its value now';
    case 'second-state':
      return 'a second state of it';
  }
}
