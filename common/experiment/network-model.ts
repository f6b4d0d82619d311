// The schema of a network-model file: populations, projections and learning rules of the simulated neurons.
import { z } from 'zod';
import { name } from './name.ts';
import { quantity } from './quantity.ts';

/** A network with more synapses is refused: with what learning needs these take about 2 GB. */
export const synapsesMax = 100_000_000;

const size = {
  name: name.meta({ label: 'Name' }),
  neurons: quantity({ label: 'Neurons', unit: '', min: 1, max: 1_000_000, step: 1, isInteger: true }),
};

/** Leaky integrate-and-fire neurons with exponential synaptic currents. */
const lifPopulation = z.strictObject({
  ...size,
  model: z
    .literal('lif')
    .meta({ label: 'Neuron model', note: 'Leaky integrate-and-fire with exponential synaptic currents' }),
  membraneTimeConstantMilliseconds: quantity({
    label: 'Membrane time constant',
    unit: 'ms',
    min: 1,
    max: 1000,
    step: 1,
  }).default(20),
  synapticTimeConstantMilliseconds: quantity({
    label: 'Synaptic time constant',
    unit: 'ms',
    min: 0.1,
    max: 200,
    step: 0.1,
  }).default(5),
  restMillivolts: quantity({ label: 'Resting potential', unit: 'mV', min: -120, max: 0, step: 1 }).default(-70),
  thresholdMillivolts: quantity({ label: 'Threshold', unit: 'mV', min: -100, max: 50, step: 1 }).default(-50),
  resetMillivolts: quantity({ label: 'Reset potential', unit: 'mV', min: -120, max: 0, step: 1 }).default(-65),
  refractoryMilliseconds: quantity({ label: 'Refractory time', unit: 'ms', min: 0, max: 100, step: 0.1 }).default(2),
  biasMillivolts: quantity({ label: 'Bias (steady depolarisation)', unit: 'mV', min: -50, max: 50, step: 0.1 }).default(
    0,
  ),
  noiseMillivolts: quantity({
    label: 'Membrane noise (stationary standard deviation)',
    unit: 'mV',
    min: 0,
    max: 50,
    step: 0.1,
  }).default(0),
});

/** Neurons that fire by chance, each on its own; nothing acts on them. */
const poissonPopulation = z.strictObject({
  ...size,
  model: z.literal('poisson').meta({
    label: 'Neuron model',
    note: 'Fires by chance, at most once in a step; projections and inputs do not lead to it',
  }),
  rateHz: quantity({ label: 'Firing rate', note: 'Of each neuron', unit: 'Hz', min: 0, max: 1000, step: 0.1 }),
});

const population = z.discriminatedUnion('model', [lifPopulation, poissonPopulation]);

/** Pair-based spike-timing-dependent plasticity with all-to-all traces (Gerstner 1996; Song, Miller and Abbott 2000). */
const pairStdp = z.strictObject({
  rule: z.literal('pair-stdp').meta({ label: 'Learning rule', note: 'Pair-based spike-timing-dependent plasticity' }),
  potentiationTimeConstantMilliseconds: quantity({ label: 'τ+', unit: 'ms', min: 1, max: 500, step: 1 }).default(20),
  depressionTimeConstantMilliseconds: quantity({ label: 'τ−', unit: 'ms', min: 1, max: 500, step: 1 }).default(20),
  potentiationMillivolts: quantity({ label: 'A+', unit: 'mV', min: 0, max: 10, step: 0.001 }).default(0.01),
  depressionMillivolts: quantity({ label: 'A−', unit: 'mV', min: 0, max: 10, step: 0.001 }).default(0.0105),
  maximumWeightMillivolts: quantity({ label: 'Largest weight', unit: 'mV', min: 0, max: 100, step: 0.1 }).default(10),
});

const projection = z.strictObject({
  name: name.meta({ label: 'Name' }),
  from: name.meta({ label: 'Sending population' }),
  to: name.meta({ label: 'Receiving population' }),
  connectionProbability: quantity({
    label: 'Connection probability',
    note: "Of a given pair of neurons, drawn from the experiment's seed",
    unit: '',
    min: 0,
    max: 1,
    step: 0.01,
  }),
  weightMillivolts: quantity({
    label: 'Initial weight',
    note: 'Depolarisation that one spike adds to the synaptic drive; negative for inhibition',
    unit: 'mV',
    min: -100,
    max: 100,
    step: 0.1,
  }),
  weightSpreadFraction: quantity({
    label: 'Relative spread of initial weights',
    unit: '',
    min: 0,
    max: 1,
    step: 0.01,
  }).default(0.1),
  delayMilliseconds: quantity({ label: 'Conduction delay', unit: 'ms', min: 1, max: 100, step: 1 }).default(1),
  plasticity: pairStdp.meta({ label: 'Learning', note: 'Without it the weights stay as they are' }).optional(),
});

/** Carries spikes detected on electrodes into a population: electrode c drives its own group of neurons. */
const input = z.strictObject({
  to: name.meta({ label: 'Receiving population' }),
  neuronsPerElectrode: quantity({
    label: 'Neurons per electrode',
    note: 'Electrode c drives the n neurons from c·n on, counted round the population',
    unit: '',
    min: 1,
    max: 1000,
    step: 1,
    isInteger: true,
  }),
  weightMillivolts: quantity({
    label: 'Depolarisation per detected spike',
    unit: 'mV',
    min: -100,
    max: 100,
    step: 0.1,
  }),
});

/** A group of neurons whose spikes ask for a stimulus. */
const readout = z.strictObject({
  name: name.meta({ label: 'Name' }),
  from: name.meta({ label: 'Population read' }),
  firstNeuron: quantity({ label: 'First neuron', unit: '', min: 0, max: 999_999, step: 1, isInteger: true }),
  neurons: quantity({ label: 'Neurons', unit: '', min: 1, max: 1_000_000, step: 1, isInteger: true }),
  windowMilliseconds: quantity({ label: 'Counting window', unit: 'ms', min: 1, max: 1000, step: 1 }),
  spikesToRequest: quantity({
    label: 'Spikes that ask for a stimulus',
    unit: '',
    min: 1,
    max: 100_000,
    step: 1,
    isInteger: true,
  }),
  holdOffMilliseconds: quantity({ label: 'Pause after a request', unit: 'ms', min: 1, max: 60_000, step: 1 }),
  stimulus: name.meta({ label: 'Stimulus', note: 'Name of a stimulus of the experiment' }),
});

export const networkModelSchema = z.strictObject({
  exocortex: z.literal('network-model/1').meta({ label: 'Kind and version of the file' }),
  title: z.string().min(1).meta({ label: 'Title' }),
  stepMilliseconds: quantity({
    label: 'Integration step',
    note: 'The tick must be a whole number of steps',
    unit: 'ms',
    min: 0.05,
    max: 1,
    step: 0.05,
  }).default(0.5),
  populations: z.array(population).min(1).meta({ label: 'Populations of neurons' }),
  projections: z.array(projection).meta({ label: 'Connections between populations' }),
  inputs: z.array(input).min(1).meta({ label: 'Ways of detected spikes into populations' }),
  readouts: z.array(readout).meta({ label: 'Groups of neurons whose spikes ask for a stimulus' }),
});

export type NetworkModel = z.infer<typeof networkModelSchema>;
export type Population = NetworkModel['populations'][number];
export type LifPopulation = z.infer<typeof lifPopulation>;
export type PoissonPopulation = z.infer<typeof poissonPopulation>;
export type Projection = NetworkModel['projections'][number];
export type PairStdp = z.infer<typeof pairStdp>;
export type Readout = NetworkModel['readouts'][number];
