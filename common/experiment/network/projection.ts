// The schema of the connections between two populations of simulated neurons.
import { z } from 'zod';
import { name } from '../name.ts';
import { quantity } from '../quantity.ts';
import { connections } from './connections.ts';

/** Exactly one of a pair stands in a file: the one that the receiving population takes. */
export const weight = {
  weightMillivolts: quantity({
    label: 'Initial weight',
    note: 'For current-based neurons: depolarisation at the peak of one spike’s effect; negative for inhibition',
    unit: 'mV',
    min: -100,
    max: 100,
    step: 0.1,
  }).optional(),
  weightNanosiemens: quantity({
    label: 'Initial weight',
    note: 'For conductance-based neurons: what one spike adds to the conductance; never negative',
    unit: 'nS',
    min: 0,
    max: 1000,
    step: 0.1,
  }).optional(),
};

/** Pair-based spike-timing-dependent plasticity with all-to-all traces (Gerstner 1996; Song, Miller and Abbott 2000). */
const pairStdp = z.strictObject({
  rule: z.literal('pair-stdp').meta({ label: 'Learning rule', note: 'Pair-based spike-timing-dependent plasticity' }),
  potentiationTimeConstantMilliseconds: quantity({ label: 'τ+', unit: 'ms', min: 1, max: 500, step: 1 }).default(20),
  depressionTimeConstantMilliseconds: quantity({ label: 'τ−', unit: 'ms', min: 1, max: 500, step: 1 }).default(20),
  potentiationFraction: quantity({
    label: 'A+',
    note: 'Of the largest weight',
    unit: '',
    min: 0,
    max: 1,
    step: 0.0001,
  }).default(0.001),
  depressionFraction: quantity({
    label: 'A−',
    note: 'Of the largest weight',
    unit: '',
    min: 0,
    max: 1,
    step: 0.0001,
  }).default(0.00105),
  maximumWeightMillivolts: quantity({
    label: 'Largest weight',
    note: 'With weightMillivolts',
    unit: 'mV',
    min: 0,
    max: 100,
    step: 0.1,
  }).optional(),
  maximumWeightNanosiemens: quantity({
    label: 'Largest weight',
    note: 'With weightNanosiemens',
    unit: 'nS',
    min: 0,
    max: 1000,
    step: 0.1,
  }).optional(),
});

/** Synapses that tire and recover (Tsodyks, Pawelzik & Markram 1998). */
const shortTermPlasticity = z.strictObject({
  utilisation: quantity({
    label: 'U',
    note: 'Share of its weight that the first spike has',
    unit: '',
    min: 0,
    max: 1,
    step: 0.01,
  }).default(0.5),
  recoveryMilliseconds: quantity({ label: 'Recovery time τrec', unit: 'ms', min: 0.1, max: 10_000, step: 1 }).default(
    800,
  ),
  facilitationMilliseconds: quantity({
    label: 'Facilitation time τfac',
    note: '0: no facilitation',
    unit: 'ms',
    min: 0,
    max: 10_000,
    step: 1,
  }).default(0),
});

export const projection = z.strictObject({
  name: name.meta({ label: 'Name' }),
  from: name.meta({ label: 'Sending population' }),
  to: name.meta({ label: 'Receiving population' }),
  connections: connections.meta({ label: 'Which neurons are connected' }),
  ...weight,
  weightSpreadFraction: quantity({
    label: 'Relative spread of initial weights',
    note: 'Standard deviation; no weight crosses zero',
    unit: '',
    min: 0,
    max: 1,
    step: 0.01,
  }).default(0.1),
  weightDistribution: z
    .enum(['normal', 'lognormal', 'uniform'])
    .meta({ label: 'Distribution of initial weights' })
    .default('normal'),
  receptor: z
    .enum(['excitatory', 'inhibitory'])
    .meta({ label: 'Receptor', note: 'Where the synapses lie; by the sign of the weight if left out' })
    .optional(),
  delayMilliseconds: quantity({ label: 'Conduction delay', unit: 'ms', min: 0.05, max: 100, step: 0.1 }).default(1),
  delaySpreadMilliseconds: quantity({
    label: 'Spread of delays',
    note: 'Standard deviation of a normal distribution; no delay is shorter than a step',
    unit: 'ms',
    min: 0,
    max: 50,
    step: 0.1,
  }).default(0),
  delayMillisecondsPerMillimetre: quantity({
    label: 'Further delay by distance',
    note: 'Needs the sheets of both populations',
    unit: 'ms/mm',
    min: 0,
    max: 1000,
    step: 0.1,
  }).default(0),
  shortTermPlasticity: shortTermPlasticity.meta({ label: 'Short-term plasticity' }).optional(),
  plasticity: pairStdp.meta({ label: 'Learning', note: 'Without it the weights stay as they are' }).optional(),
});

export type Projection = z.infer<typeof projection>;
export type PairStdp = z.infer<typeof pairStdp>;
export type ShortTermPlasticity = z.infer<typeof shortTermPlasticity>;
