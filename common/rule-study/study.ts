// The schema of a study file: one task, one network, several learning rules, and what is expected of them.
import { z } from 'zod';
import { name } from '../experiment/name.ts';
import { quantity } from '../experiment/quantity.ts';
import { gateSchema } from './gate.ts';
import { networkKinds } from './network-kind.ts';
import { ruleSettings } from './rule-settings.ts';
import { taskSchema } from './task.ts';

const text = (label: string, note?: string) =>
  z
    .string()
    .min(1)
    .meta(note === undefined ? { label } : { label, note });

/** A rule and what it is called in curves and tables. */
const studiedRule = z.strictObject({
  rule: name.meta({ label: 'Rule', note: '`exocortex rules list` names them' }),
  label: name
    .meta({ label: 'Name in the results', note: 'Needed where a rule is studied twice; else the rule’s own' })
    .optional(),
  parameters: z
    .record(z.string(), z.number())
    .meta({
      label: 'Parameters',
      note: '`exocortex rules show <rule>` lists them; those left out are at their defaults',
    })
    .default({}),
  ...ruleSettings,
});

const sensitivity = z.strictObject({
  parameters: z.array(z.string()).min(1).meta({ label: 'Parameters', note: 'Of every rule that has them' }),
  factors: z
    .array(quantity({ label: 'Factor', unit: '', min: 0.001, max: 1000, step: 0.1 }))
    .min(1)
    .meta({ label: 'Factors', note: 'What each parameter is multiplied with, one at a time' }),
  seeds: quantity({ label: 'Seeds', unit: '', min: 1, max: 1000, step: 1, isInteger: true }),
});

const published = z.strictObject({
  rule: name.meta({ label: 'Name of the rule in the results' }),
  value: quantity({ label: 'Score', unit: '', min: -1e9, max: 1e9, step: 0.001 }),
  source: text('Source', 'Author, year, table or figure'),
});

const network = z.strictObject({
  kind: z.enum(networkKinds).meta({
    label: 'Kind of network',
    note: 'Multilayer: linear outputs, normal weights of variance 1 / senders. The others are for tasks in time and have one layer of neurons',
  }),
  hiddenNeurons: z
    .array(quantity({ label: 'Neurons', unit: '', min: 1, max: 2000, step: 1, isInteger: true }))
    .min(1)
    .meta({ label: 'Neurons of the hidden layers' }),
  activation: z
    .enum(['tanh', 'relu', 'logistic', 'linear'])
    .meta({ label: 'Activation of hidden layers' })
    .default('tanh'),
});

const whole = (label: string, max: number, note?: string) =>
  quantity({ label, unit: '', min: 1, max, step: 1, isInteger: true, ...(note === undefined ? {} : { note }) });

export const ruleStudySchema = z.strictObject({
  exocortex: z.literal('rule-study/1').meta({ label: 'Kind and version of the file' }),
  title: text('Title'),
  description: text('What is asked'),
  task: taskSchema,
  network: network.meta({ label: 'Network' }),
  presentations: whole('Presentations', 10_000_000, 'Of a batch'),
  batchSamples: whole('Samples of a batch', 100_000),
  evaluateEveryPresentations: whole('Presentations between evaluations', 10_000_000),
  seeds: whole('Seeds', 1000, 'Each draws a network, a task and feedback of its own; all rules get the same'),
  reference: name.meta({ label: 'Reference', note: 'Name in the results of the rule that others are measured by' }),
  rules: z.array(studiedRule).min(1).meta({ label: 'Rules' }),
  controlLearningRate: quantity({
    label: 'Learning rate of the control',
    note: 'Of a network whose hidden layers never change; left out: the reference’s',
    unit: '',
    min: 0,
    max: 10,
    step: 0.01,
  }).optional(),
  sensitivity: sensitivity.meta({ label: 'Sensitivity to parameters' }).optional(),
  gates: z.array(gateSchema).meta({ label: 'What is expected' }).default([]),
  published: z.array(published).meta({ label: 'Published scores on the same task' }).default([]),
});

export type RuleStudy = z.infer<typeof ruleStudySchema>;
export type StudiedRule = RuleStudy['rules'][number];

/** What the control is called among the rules: its hidden layers never change. */
export const controlLabel = 'readout-only';

export const labelOf = ({ rule, label }: { rule?: string | undefined; label?: string | undefined }) => label ?? rule;
