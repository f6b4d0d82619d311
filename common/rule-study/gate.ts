// What a study expects of its rules: bounds that its results are held against.
import { z } from 'zod';
import { name } from '../experiment/name.ts';
import { quantity } from '../experiment/quantity.ts';

const rule = name.meta({ label: 'Name of the rule in the results', note: '`readout-only` is the control' });
const source = z.string().min(1).meta({ label: 'Where the bound is from' }).optional();
const kind = <const Kind extends string>(word: Kind) => z.literal(word).meta({ label: 'Kind of bound' });
const number = (label: string, unit: string, min: number, max: number, note?: string) =>
  quantity({ label, unit, min, max, step: 0.001, ...(note === undefined ? {} : { note }) });

/** The score is the mean over seeds at the end: the loss, or the accuracy in % where classes are told apart. */
export const gateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: kind('score-at-most'), rule, value: number('Largest score', '', -1e9, 1e9), source }),
  z.strictObject({ kind: kind('score-at-least'), rule, value: number('Least score', '', -1e9, 1e9), source }),
  z.strictObject({
    kind: kind('times-reference'),
    rule,
    atMost: number('Factor', '', 0, 1000, 'Of the reference’s score'),
    source,
  }),
  z.strictObject({
    kind: kind('points-of-reference'),
    rule,
    within: number('Points', '', 0, 1000, 'By which the score may be below the reference’s'),
    source,
  }),
  z.strictObject({
    kind: kind('angle-at-most'),
    rule,
    layer: quantity({
      label: 'Layer',
      note: '1 is the first hidden one',
      unit: '',
      min: 1,
      max: 100,
      step: 1,
      isInteger: true,
    }),
    degrees: number('Largest angle to the gradient', '°', 0, 180),
    source,
  }),
  z.strictObject({
    kind: kind('reaches-within'),
    rule,
    value: number('Score', '', -1e9, 1e9, 'Mean over seeds at an evaluation'),
    presentations: number('Presentations', '', 1, 10_000_000, 'By which the score must be reached'),
    source,
  }),
  z.strictObject({
    kind: kind('holds-over-delay'),
    rule,
    value: number('Score', '', -1e9, 1e9, 'Of tasks with delays'),
    milliseconds: number('Delay', 'ms', 0, 10_000, 'Up to which the score must hold'),
    source,
  }),
  z.strictObject({
    kind: kind('follows-prediction'),
    rule,
    within: number('Distance', '', 0, 10, 'Root of the mean squared distance of credit from what eligibility predicts'),
    source,
  }),
]);

export type StudyGate = z.infer<typeof gateSchema>;
