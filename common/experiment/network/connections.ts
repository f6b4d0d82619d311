// The schema of which neurons of two populations are connected.
import { z } from 'zod';
import { quantity } from '../quantity.ts';

const kind = <const K extends string>(value: K, note: string) => z.literal(value).meta({ label: 'Kind', note });
const neuron = (label: string) => quantity({ label, unit: '', min: 0, max: 999_999, step: 1, isInteger: true });

const mayRepeat = z
  .boolean()
  .meta({ label: 'Repeats', note: 'Whether a pair of neurons may have several synapses' })
  .default(false);

const random = z.strictObject({
  kind: kind('random', 'Each pair of neurons with the same probability'),
  probability: quantity({
    label: 'Connection probability',
    note: "Of a given pair of neurons, drawn from the experiment's seed; with repeats the probability of at least one synapse",
    unit: '',
    min: 0,
    max: 1,
    step: 0.01,
  }),
  mayRepeat,
});

const degree = {
  synapses: quantity({
    label: 'Synapses',
    note: 'Of each neuron',
    unit: '',
    min: 0,
    max: 100_000,
    step: 1,
    isInteger: true,
  }),
  mayRepeat,
};

const inDegree = z.strictObject({
  kind: kind('in-degree', 'The same number of synapses onto each receiving neuron, from random senders'),
  ...degree,
});

const outDegree = z.strictObject({
  kind: kind('out-degree', 'The same number of synapses from each sending neuron, to random receivers'),
  ...degree,
});

const oneToOne = z.strictObject({
  kind: kind('one-to-one', 'Neuron n to neuron n; both populations have as many neurons'),
});

const distance = z.strictObject({
  kind: kind('distance', 'By the distance between two neurons; needs the sheets of both populations'),
  profile: z
    .enum(['gaussian', 'exponential'])
    .meta({ label: 'Profile', note: 'peak · exp(−d²/2λ²) or peak · exp(−d/λ)' })
    .default('gaussian'),
  peakProbability: quantity({ label: 'Probability at no distance', unit: '', min: 0, max: 1, step: 0.01 }),
  lengthMicrometres: quantity({ label: 'Length λ', unit: 'µm', min: 1, max: 100_000, step: 10 }),
});

const list = z.strictObject({
  kind: kind('list', 'One synapse for each entry'),
  synapses: z
    .array(
      z.strictObject({
        sender: neuron('Sending neuron'),
        receiver: neuron('Receiving neuron'),
        weightFactor: quantity({
          label: 'Weight',
          note: 'Times the weight of the projection, which then has no spread',
          unit: '',
          min: 0,
          max: 1000,
          step: 0.1,
        }).default(1),
        delayMilliseconds: quantity({
          label: 'Delay',
          note: 'The delay of the projection if left out',
          unit: 'ms',
          min: 0.05,
          max: 100,
          step: 0.1,
        }).optional(),
      }),
    )
    .max(100_000)
    .meta({ label: 'Synapses' }),
});

export const connections = z.discriminatedUnion('kind', [random, inDegree, outDegree, oneToOne, distance, list]);
export type Connections = z.infer<typeof connections>;
export type ConnectionsOf<K extends Connections['kind']> = Extract<Connections, { kind: K }>;
