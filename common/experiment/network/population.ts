// The schema of a population of simulated neurons: one entry for each neuron model.
import { z } from 'zod';
import { name } from '../name.ts';
import { quantity } from '../quantity.ts';

const sheet = z.strictObject({
  widthMicrometres: quantity({ label: 'Width', unit: 'µm', min: 1, max: 100_000, step: 10 }),
  heightMicrometres: quantity({ label: 'Height', unit: 'µm', min: 1, max: 100_000, step: 10 }),
});

const size = {
  name: name.meta({ label: 'Name' }),
  neurons: quantity({ label: 'Neurons', unit: '', min: 1, max: 1_000_000, step: 1, isInteger: true }),
  sheet: sheet
    .meta({
      label: 'Sheet',
      note: 'Neurons stand on a grid, row by row; sheets lie on each other, centre on centre. Connections by distance need it',
    })
    .optional(),
};

const millivolts = (label: string, min: number, max: number, note?: string) =>
  quantity({ label, unit: 'mV', min, max, step: 0.1, ...(note === undefined ? {} : { note }) });
const milliseconds = (label: string, min: number, max: number, note?: string) =>
  quantity({ label, unit: 'ms', min, max, step: 0.1, ...(note === undefined ? {} : { note }) });

/** How potentials begin: normally distributed. */
const beginning = {
  initialMillivolts: millivolts('Initial potential', -120, 50, 'Mean; the resting potential if left out').optional(),
  initialSpreadMillivolts: millivolts('Spread of initial potentials', 0, 50, 'Standard deviation').default(0),
};

const noise = {
  noiseMillivolts: millivolts('Membrane noise (stationary standard deviation)', 0, 50).default(0),
};

/** Events that reach each neuron by chance, each on its own: what a Poisson population of its own would send it. */
const backgroundRate = {
  backgroundRateHz: quantity({
    label: 'Background rate',
    note: 'Of all excitatory events together that each neuron gets from outside, by chance',
    unit: 'Hz',
    min: 0,
    max: 100_000,
    step: 100,
  }).default(0),
};
const background = {
  ...backgroundRate,
  backgroundWeightMillivolts: millivolts('Weight of a background event', 0, 100).default(0),
};

const membrane = {
  restMillivolts: millivolts('Resting potential', -120, 0).default(-70),
  resetMillivolts: millivolts('Reset potential', -120, 0).default(-65),
  refractoryMilliseconds: milliseconds('Refractory time', 0, 100).default(2),
  biasMillivolts: millivolts('Bias (steady depolarisation)', -50, 50).default(0),
  ...noise,
  ...beginning,
};

const membraneTimeConstant = quantity({ label: 'Membrane time constant', unit: 'ms', min: 1, max: 1000, step: 1 });
const synapticTimeConstant = milliseconds('Synaptic time constant', 0.1, 200);

const currents = {
  synapticTimeConstantMilliseconds: synapticTimeConstant.default(5),
  inhibitorySynapticTimeConstantMilliseconds: milliseconds(
    'Synaptic time constant of inhibition',
    0.1,
    200,
    'That of excitation if left out',
  ).optional(),
};

/** Leaky integrate-and-fire neurons with exponential synaptic currents. */
const lif = z.strictObject({
  ...size,
  model: z
    .literal('lif')
    .meta({ label: 'Neuron model', note: 'Leaky integrate-and-fire with exponential synaptic currents' }),
  membraneTimeConstantMilliseconds: membraneTimeConstant.default(20),
  ...currents,
  thresholdMillivolts: millivolts('Threshold', -100, 50).default(-50),
  ...membrane,
  ...background,
});

/** Leaky integrate-and-fire neurons with exponential synaptic conductances. */
const conductanceLif = z.strictObject({
  ...size,
  model: z
    .literal('lif-conductance')
    .meta({ label: 'Neuron model', note: 'Leaky integrate-and-fire with exponential synaptic conductances' }),
  membraneTimeConstantMilliseconds: membraneTimeConstant.default(20),
  leakNanosiemens: quantity({ label: 'Leak conductance', unit: 'nS', min: 0.1, max: 1000, step: 0.1 }).default(10),
  ...currents,
  excitatoryReversalMillivolts: millivolts('Reversal potential of excitation', -120, 50).default(0),
  inhibitoryReversalMillivolts: millivolts('Reversal potential of inhibition', -120, 50).default(-80),
  thresholdMillivolts: millivolts('Threshold', -100, 50).default(-50),
  ...membrane,
  ...backgroundRate,
  backgroundWeightNanosiemens: quantity({
    label: 'Weight of a background event',
    unit: 'nS',
    min: 0,
    max: 1000,
    step: 0.1,
  }).default(0),
});

/** Adaptive exponential integrate-and-fire neurons (Brette & Gerstner 2005); the defaults are their regular-spiking neuron. */
const adex = z.strictObject({
  ...size,
  model: z.literal('adex').meta({
    label: 'Neuron model',
    note: 'Adaptive exponential integrate-and-fire with exponential synaptic currents',
  }),
  membraneTimeConstantMilliseconds: membraneTimeConstant.default(9.4),
  ...currents,
  thresholdMillivolts: millivolts('Threshold', -100, 50, 'Where the exponential current takes over').default(-50.4),
  slopeMillivolts: millivolts('Slope factor ΔT', 0.1, 10).default(2),
  peakMillivolts: millivolts('Peak', -60, 50, 'A potential above it is a spike').default(0),
  adaptationTimeConstantMilliseconds: quantity({
    label: 'Adaptation time constant',
    unit: 'ms',
    min: 1,
    max: 10_000,
    step: 1,
  }).default(144),
  adaptationFraction: quantity({
    label: 'Subthreshold adaptation',
    note: 'a in units of the leak conductance',
    unit: '',
    min: -1,
    max: 20,
    step: 0.01,
  }).default(0.13),
  adaptationJumpMillivolts: millivolts('Adaptation by one spike', 0, 100, 'b divided by the leak conductance').default(
    2.7,
  ),
  ...membrane,
  ...background,
});

/** Izhikevich's neuron (2003); the defaults are his regular-spiking neuron. */
const izhikevich = z.strictObject({
  ...size,
  model: z.literal('izhikevich').meta({
    label: 'Neuron model',
    note: 'Izhikevich 2003; a spike adds its weight, spread over the synaptic time constant',
  }),
  ...currents,
  recoveryRatePerMillisecond: quantity({ label: 'a', unit: '1/ms', min: 0, max: 1, step: 0.01 }).default(0.02),
  recoverySensitivity: quantity({ label: 'b', unit: '', min: -2, max: 2, step: 0.01 }).default(0.2),
  resetMillivolts: millivolts('c', -120, 0, 'Reset potential').default(-65),
  recoveryJump: quantity({ label: 'd', unit: 'mV/ms', min: -50, max: 50, step: 0.1 }).default(8),
  peakMillivolts: millivolts('Peak', 0, 60, 'A potential above it is a spike').default(30),
  biasMillivoltsPerMillisecond: quantity({
    label: 'Steady current',
    unit: 'mV/ms',
    min: -100,
    max: 100,
    step: 0.1,
  }).default(0),
  noiseMillivoltsPerMillisecond: quantity({
    label: 'Noise current',
    note: 'Standard deviation of its mean over a millisecond',
    unit: 'mV/ms',
    min: 0,
    max: 50,
    step: 0.1,
  }).default(0),
  initialMillivolts: millivolts('Initial potential', -90, 29, 'Mean').default(-65),
  initialSpreadMillivolts: beginning.initialSpreadMillivolts,
});

/** Neurons that fire by chance, each on its own; nothing acts on them. */
const poisson = z.strictObject({
  ...size,
  model: z.literal('poisson').meta({
    label: 'Neuron model',
    note: 'Fires by chance, at most once in a step; projections and inputs do not lead to it',
  }),
  rateHz: quantity({ label: 'Firing rate', note: 'Of each neuron', unit: 'Hz', min: 0, max: 20_000, step: 0.1 }),
});

/** Neurons that fire whenever something excites them: with an input of one neuron per electrode they are the recorded units. */
const spikeSource = z.strictObject({
  ...size,
  model: z.literal('spike-source').meta({
    label: 'Neuron model',
    note: 'Fires in the step after an excitatory input: stands for the recorded units',
  }),
});

/** Neurons of a mean rate: they send shares of spikes instead of spikes. */
const rate = z.strictObject({
  ...size,
  model: z.literal('rate').meta({
    label: 'Neuron model',
    note: 'A threshold-linear rate; sends sixteenths of spikes as often as the rate says, and counts whole ones',
  }),
  membraneTimeConstantMilliseconds: membraneTimeConstant.default(20),
  thresholdMillivolts: millivolts('Depolarisation at which the rate begins', -50, 50).default(0),
  gainHzPerMillivolt: quantity({ label: 'Gain', unit: 'Hz/mV', min: 0, max: 250, step: 0.1 }).default(10),
  maximumRateHz: quantity({ label: 'Largest rate', unit: 'Hz', min: 0, max: 1000, step: 1 }).default(100),
  biasMillivolts: membrane.biasMillivolts,
  ...noise,
});

export const population = z.discriminatedUnion('model', [
  lif,
  conductanceLif,
  adex,
  izhikevich,
  poisson,
  spikeSource,
  rate,
]);

export type Population = z.infer<typeof population>;
export type PopulationOf<M extends Population['model']> = Extract<Population, { model: M }>;

/** Synaptic weights of a population that takes conductances are in nS, those of all others in mV. */
export const weightUnitOf = (model: Population['model']): 'mV' | 'nS' => (model === 'lif-conductance' ? 'nS' : 'mV');
