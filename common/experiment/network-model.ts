// The schema of a network-model file: populations, projections and learning rules of the simulated neurons.
import { z } from 'zod';
import { stepMillisecondsRange } from '../learning-rule/finite/ranges.ts';
import { name } from './name.ts';
import { population } from './network/population.ts';
import { projection, weight } from './network/projection.ts';
import { signal } from './network/signal.ts';
import { quantity } from './quantity.ts';

/** A network with more synapses is refused; one that does not fit this computer's memory, too. */
export const synapsesMax = 400_000_000;

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
  ...weight,
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
    min: stepMillisecondsRange.low,
    max: stepMillisecondsRange.high,
    step: 0.05,
  }).default(0.5),
  populations: z.array(population).min(1).meta({ label: 'Populations of neurons' }),
  projections: z.array(projection).meta({ label: 'Connections between populations' }),
  inputs: z.array(input).min(1).meta({ label: 'Ways of detected spikes into populations' }),
  signals: z.array(signal).meta({ label: 'Signals that learning rules take as third factors' }).default([]),
  readouts: z.array(readout).meta({ label: 'Groups of neurons whose spikes ask for a stimulus' }),
});

export type NetworkModel = z.infer<typeof networkModelSchema>;
export type Readout = NetworkModel['readouts'][number];
export type Input = NetworkModel['inputs'][number];
