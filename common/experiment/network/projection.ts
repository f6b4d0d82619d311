// The schema of the connections between two populations of simulated neurons.
import { z } from 'zod';
import { name } from '../name.ts';
import { quantity } from '../quantity.ts';
import { connections } from './connections.ts';
import { plasticity } from './plasticity.ts';

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
  plasticity: plasticity.meta({ label: 'Learning', note: 'Without it the weights stay as they are' }).optional(),
});

export type Projection = z.infer<typeof projection>;
export type ShortTermPlasticity = z.infer<typeof shortTermPlasticity>;
