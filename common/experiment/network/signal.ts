// The schema of signals: numbers that learning rules take as third factors, made in each tick from what is recorded and simulated.
import { z } from 'zod';
import { name } from '../name.ts';
import { quantity } from '../quantity.ts';

const electrode = quantity({ label: 'Electrode', unit: '', min: 0, max: 4095, step: 1, isInteger: true });

/** Whose spikes are read. */
const source = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('electrodes').meta({ label: 'Kind of source', note: 'Spikes detected in the tissue' }),
    electrodes: z.array(electrode).min(1).meta({ label: 'Electrodes', note: 'All if left out' }).optional(),
  }),
  z.strictObject({
    kind: z.literal('population').meta({ label: 'Kind of source', note: 'Spikes of simulated neurons, a tick late' }),
    population: name.meta({ label: 'Population' }),
  }),
]);

const timeConstant = (label: string, standard: number, note?: string) =>
  quantity({ label, unit: 'ms', min: 1, max: 600_000, step: 10, ...(note === undefined ? {} : { note }) }).default(
    standard,
  );

/** What is subtracted: without it a rule that follows a signal with a mean drifts (Frémaux, Sprekeler & Gerstner 2010). */
const baseline = {
  baselineMilliseconds: quantity({
    label: 'Time constant of the running mean that is subtracted',
    note: '0: nothing is subtracted',
    unit: 'ms',
    min: 0,
    max: 3_600_000,
    step: 1000,
  }).default(10_000),
};

const called = { name: name.meta({ label: 'Name' }) };

const activity = z.strictObject({
  ...called,
  kind: z.literal('activity').meta({ label: 'Kind of signal', note: 'Mean rate of the source in Hz' }),
  source: source.meta({ label: 'Source' }),
  timeConstantMilliseconds: timeConstant('Averaging time constant', 100),
  ...baseline,
});

const burstRate = z.strictObject({
  ...called,
  kind: z
    .literal('burst-rate')
    .meta({ label: 'Kind of signal', note: 'Mean rate at which the source’s units begin a burst, in Hz' }),
  source: source.meta({ label: 'Source' }),
  spikes: quantity({ label: 'Spikes of a burst', unit: '', min: 2, max: 100, step: 1, isInteger: true }).default(2),
  withinMilliseconds: quantity({ label: 'Within', unit: 'ms', min: 1, max: 1000, step: 1 }).default(16),
  timeConstantMilliseconds: timeConstant('Averaging time constant', 1000),
  ...baseline,
});

const novelty = z.strictObject({
  ...called,
  kind: z.literal('novelty').meta({
    label: 'Kind of signal',
    note: 'How far the units’ rates are from what they have been: mean distance in Hz',
  }),
  source: source.meta({ label: 'Source' }),
  timeConstantMilliseconds: timeConstant('Averaging time constant of now', 100),
  memoryMilliseconds: timeConstant('Averaging time constant of before', 10_000),
  ...baseline,
});

const target = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('constant').meta({ label: 'Kind of target' }),
    values: z.array(z.number()).min(1).meta({ label: 'Values', note: 'One for each output' }),
  }),
  z.strictObject({
    kind: z.literal('in-turn').meta({ label: 'Kind of target', note: 'One after the other, over and over' }),
    seconds: quantity({ label: 'Duration of each', unit: 's', min: 0.01, max: 3600, step: 1 }),
    values: z
      .array(z.array(z.number()).min(1))
      .min(1)
      .meta({ label: 'Values', note: 'A list of targets, each with one value for each output' }),
  }),
  z.strictObject({
    kind: z.literal('sinusoids').meta({ label: 'Kind of target', note: 'For each output a sum of sinusoids' }),
    frequenciesHz: z.array(z.number().positive()).min(1).meta({ label: 'Frequencies in Hz' }),
    amplitudes: z
      .array(z.array(z.number()))
      .min(1)
      .meta({ label: 'Amplitudes', note: 'For each output one for each frequency' }),
  }),
]);

const decoderError = z.strictObject({
  ...called,
  kind: z.literal('decoder-error').meta({
    label: 'Kind of signal',
    note: 'What a linear decoder reads from the rates of the source, minus its target: one number for each output',
  }),
  source: source.meta({ label: 'Source' }),
  timeConstantMilliseconds: timeConstant('Averaging time constant of the rates', 50),
  perHertz: quantity({
    label: 'Size of random decoder weights',
    note: 'Standard deviation of what one unit’s rate of 1 Hz adds to an output; drawn from the experiment’s seed',
    unit: '1/Hz',
    min: 0,
    max: 1000,
    step: 0.001,
  }).default(0.05),
  weights: z
    .array(z.array(z.number()))
    .min(1)
    .meta({
      label: 'Decoder weights',
      note: 'For each output one for each unit of the source, per Hz; random if left out',
    })
    .optional(),
  target: target.meta({ label: 'Target' }),
});

const reward = z.strictObject({
  ...called,
  kind: z.literal('reward').meta({ label: 'Kind of signal', note: 'Minus the mean squared error of a decoder' }),
  of: name.meta({ label: 'Decoder’s error', note: 'Name of a signal of kind decoder-error' }),
  ...baseline,
});

export const signal = z.discriminatedUnion('kind', [activity, burstRate, novelty, decoderError, reward]);

export type Signal = z.infer<typeof signal>;
export type SignalSource = z.infer<typeof source>;
export type SignalTarget = z.infer<typeof target>;

/** How many outputs a target has. */
export function outputsOf(target: SignalTarget): number {
  switch (target.kind) {
    case 'constant':
      return target.values.length;
    case 'in-turn':
      return target.values[0]!.length;
    case 'sinusoids':
      return target.amplitudes.length;
  }
}
