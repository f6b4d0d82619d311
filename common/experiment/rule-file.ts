// The schema of a laboratory's own learning rule: what a declaration of the catalogue says, in lists that a person can write.
import { z } from 'zod';
import type { RuleDeclaration } from '../learning-rule/declaration.ts';
import { name } from './name.ts';

const text = (label: string, note?: string) =>
  z
    .string()
    .min(1)
    .meta({ label, ...(note === undefined ? {} : { note }) });
const symbol = text('Symbol', 'Its name in equations: letters, digits and _, a letter first');
const unit = z.string().meta({
  label: 'Unit',
  note: 'ms, Hz, mV, w (that of the weight), products with ·, quotients with /; empty for a pure number',
});
const number = (label: string) => z.number().meta({ label });

const parameter = z.strictObject({
  key: text('Key', 'Its name where the rule is used, with its unit: tauMilliseconds'),
  symbol,
  label: text('Words for the form'),
  unit,
  min: number('Least value'),
  max: number('Largest value'),
  default: number('Value if left out'),
  note: text('Note').optional(),
});

const trace = z.strictObject({
  symbol,
  kind: z.literal('trace').meta({ label: 'Kind', note: 'A decaying memory of the neuron’s spikes: each adds 1' }),
  label: text('What it is'),
  timeConstant: text('Time constant', 'Symbol of a parameter in ms'),
});

const range = { unit, min: number('Least value'), max: number('Largest value') };

const average = z.strictObject({
  symbol,
  kind: z.literal('average').meta({ label: 'Kind', note: 'A decaying mean of a value of the same neuron' }),
  label: text('What it is'),
  of: text('Value', 'Symbol of a value of the same neuron'),
  timeConstant: text('Time constant', 'Symbol of a parameter in ms'),
  ...range,
});

const value = z.strictObject({
  symbol,
  kind: z.literal('value').meta({
    label: 'Kind',
    note: 'u: the receiver’s membrane potential in mV; z_pre, z_post: whether the neuron fires',
  }),
  label: text('What it is'),
  ...range,
});

const reads = (label: string) =>
  z
    .array(z.discriminatedUnion('kind', [trace, average, value]))
    .meta({ label })
    .default([]);

const thirdFactor = z.strictObject({
  symbol,
  label: text('What it is'),
  pathway: z.enum(['broadcast', 'separate']).meta({
    label: 'Pathway',
    note: 'One number for all synapses, or one for each receiver over connections of their own',
  }),
  ...range,
});

const variable = z.strictObject({
  symbol,
  label: text('What it is'),
  ...range,
  initial: number('Value at the beginning'),
});

const assignments = z
  .array(z.strictObject({ symbol, becomes: text('Equation', 'All right-hand sides read the values from before') }))
  .min(1);

export const ruleFileSchema = z.strictObject({
  exocortex: z.literal('learning-rule/1').meta({ label: 'Kind and version of the file' }),
  name: name.meta({ label: 'Name' }),
  title: text('Title'),
  about: text('What it does'),
  sources: z.array(text('Source')).meta({ label: 'Sources' }).default([]),
  parameters: z.array(parameter).meta({ label: 'Parameters' }).default([]),
  pre: reads('What a synapse reads of its sender'),
  post: reads('What a synapse reads of its receiver'),
  thirdFactors: z.array(thirdFactor).meta({ label: 'Third factors' }).default([]),
  synapse: z.array(variable).meta({ label: 'Variables of a synapse beside its weight w' }).default([]),
  bounds: z
    .strictObject({
      min: text('Least weight', 'An equation of parameters'),
      max: text('Largest weight', 'An equation of parameters'),
    })
    .meta({ label: 'Bounds of the weight' }),
  on: z
    .strictObject({
      arrival: assignments.meta({ label: 'When a spike of the sender arrives' }).optional(),
      firing: assignments.meta({ label: 'When the receiver fires' }).optional(),
      step: assignments.meta({ label: 'In every step; dt is its length in ms' }).optional(),
    })
    .meta({ label: 'What changes' }),
});

export type RuleFile = z.infer<typeof ruleFileSchema>;

/** @returns what the file declares; nothing of it is checked beyond its shape. */
export function declarationOf({ exocortex: _, on, ...file }: RuleFile): RuleDeclaration {
  const bySymbol = <T extends { symbol: string }>(list: readonly T[]) =>
    Object.fromEntries(list.map(({ symbol: own, ...rest }) => [own, rest])) as Record<string, Omit<T, 'symbol'>>;
  const equations = (list: RuleFile['on']['step']) =>
    list && Object.fromEntries(list.map(({ symbol: own, becomes }) => [own, becomes]));
  const events = { arrival: equations(on.arrival), firing: equations(on.firing), step: equations(on.step) };
  return {
    ...file,
    form: 'spiking',
    parameters: Object.fromEntries(
      file.parameters.map(({ key, note, ...rest }) => [key, note === undefined ? rest : { ...rest, note }]),
    ),
    pre: bySymbol(file.pre) as RuleDeclaration['pre'],
    post: bySymbol(file.post) as RuleDeclaration['post'],
    thirdFactors: bySymbol(file.thirdFactors),
    synapse: bySymbol(file.synapse),
    on: Object.fromEntries(Object.entries(events).filter(([, list]) => list !== undefined)),
  };
}

/** @returns where in the file a place of the declaration stands: lists have indices where the declaration has symbols and keys. */
export function placeInFile(file: RuleFile, path: readonly string[]): (string | number)[] {
  const [part, at, ...rest] = path;
  if (part === 'on' && (at === 'arrival' || at === 'firing' || at === 'step')) {
    const index = (file.on[at] ?? []).findIndex(({ symbol: own }) => own === rest[0]);
    return ['on', at, index, 'becomes'];
  }
  if (part === 'parameters') return [part, file.parameters.findIndex(({ key }) => key === at), ...rest];
  if (part === 'pre' || part === 'post' || part === 'thirdFactors' || part === 'synapse')
    return [part, file[part].findIndex(({ symbol: own }) => own === at), ...rest];
  return [...path];
}
