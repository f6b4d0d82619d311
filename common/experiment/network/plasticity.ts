// The schema of a projection's learning: for each rule of the catalogue its parameters, and rules of a laboratory's own.
import { z } from 'zod';
import { catalogue } from '../../learning-rule/catalogue/catalogue.ts';
import type { RuleDeclaration, RuleParameter } from '../../learning-rule/declaration.ts';
import { name } from '../name.ts';
import { quantity } from '../quantity.ts';
import { isWeight, weightKeys } from './weight-keys.ts';

/** Where the numbers of a third factor come from. */
const thirdFactorSource = z.strictObject({
  signal: name.meta({ label: 'Signal', note: 'Name of a signal of this network' }),
  gain: quantity({
    label: 'Gain',
    note: 'What the signal is multiplied with',
    unit: '',
    min: -1e6,
    max: 1e6,
    step: 0.1,
  }).default(1),
  feedback: z
    .enum(['all', 'random'])
    .meta({
      label: 'Feedback',
      note: 'How a signal of several numbers reaches each receiver: their sum, or over random weights of its own',
    })
    .default('all'),
});

export type ThirdFactorSource = z.infer<typeof thirdFactorSource>;

/** The learning of a projection. Parameters stand beside the name of the rule, by the keys of its declaration. */
export interface Plasticity {
  rule: string;
  /** By symbol; a list where the laboratory's own rule is used. */
  thirdFactors?: Record<string, ThirdFactorSource> | (ThirdFactorSource & { symbol: string })[] | undefined;
  /** Of a laboratory's own rule. */
  file?: string | undefined;
  parameters?: { key: string; value: number }[] | undefined;
  maximumWeightMillivolts?: number | undefined;
  maximumWeightNanosiemens?: number | undefined;
  [parameter: string]: unknown;
}

/** @returns the schema of each parameter by its key in files. */
export function parameterSchemas({ parameters }: RuleDeclaration): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([key, parameter]): [string, z.ZodType][] => {
      if (isWeight(parameter)) {
        const { millivolts, nanosiemens } = weightKeys(key);
        const of = (unit: string, note: string) => numberOf({ ...parameter, unit, note }).optional();
        return [
          [millivolts, of('mV', 'With weightMillivolts')],
          [nanosiemens, of('nS', 'With weightNanosiemens')],
        ];
      }
      return [[key, numberOf(parameter).default(parameter.default)]];
    }),
  );
}

const numberOf = ({ label, unit, min, max, default: standard, note }: RuleParameter) =>
  quantity({ label, unit, min, max, step: stepOf(standard), ...(note === undefined ? {} : { note }) });

/** A hundredth of a usual value is a sensible change. */
const stepOf = (standard: number) => (standard === 0 ? 0.01 : 10 ** Math.floor(Math.log10(Math.abs(standard)) - 1));

function schemaOf(declaration: RuleDeclaration) {
  const factors = Object.entries(declaration.thirdFactors).map(
    ([symbol, { label }]) => [symbol, thirdFactorSource.meta({ label })] as const,
  );
  return z.strictObject({
    rule: z.literal(declaration.name).meta({ label: 'Learning rule', note: declaration.title }),
    ...parameterSchemas(declaration),
    ...(factors.length === 0
      ? {}
      : { thirdFactors: z.strictObject(Object.fromEntries(factors)).meta({ label: 'Third factors' }) }),
  });
}

/** Rules that run in a simulated network. */
export const spikingRules = catalogue.filter(({ form }) => form === 'spiking');

const [first, ...others] = spikingRules.map(schemaOf);

/** A rule that the laboratory wrote itself. */
const own = z.strictObject({
  rule: z.literal('own').meta({ label: 'Learning rule', note: 'The laboratory’s own, from a file' }),
  file: z.string().min(1).meta({ label: 'File', note: 'A learning-rule/1 file; its path begins at this file' }),
  parameters: z
    .array(
      z.strictObject({
        key: z.string().min(1).meta({ label: 'Key', note: 'Of a parameter that the rule declares' }),
        value: z.number().meta({ label: 'Value', note: 'In its declared unit; weights in that of the projection' }),
      }),
    )
    .meta({ label: 'Parameters' })
    .default([]),
  thirdFactors: z
    .array(z.strictObject({ symbol: z.string().min(1).meta({ label: 'Symbol' }), ...thirdFactorSource.shape }))
    .meta({ label: 'Third factors' })
    .default([]),
});

export const plasticity = z.discriminatedUnion('rule', [first!, ...others, own]) as unknown as z.ZodType<Plasticity>;
