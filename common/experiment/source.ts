// The schema of an experiment's source: a replayed recording, a virtual rig with tissue in it, or a HID rig.
import { z } from 'zod';
import { quantity } from './quantity.ts';

/** A recording that is played as if it came from hardware. */
const replay = z.strictObject({
  kind: z.literal('replay').meta({ label: 'A replayed recording' }),
  recording: z
    .string()
    .min(1)
    .meta({ label: 'Recording', note: "Path of the recording's .json sidecar, relative to this file" }),
  loop: z
    .boolean()
    .meta({ label: 'Loop', note: 'Whether to begin again at the end, as long as the session asks' })
    .default(true),
});

/** Spiking tissue on electrodes; delivered stimuli change what it does. */
const virtual = z.strictObject({
  kind: z.literal('virtual').meta({ label: 'A virtual rig with tissue in it' }),
  channels: quantity({ label: 'Electrodes', unit: '', min: 1, max: 1024, step: 1, isInteger: true }),
  sampleRateHz: quantity({ label: 'Sample rate', unit: 'Hz', min: 1000, max: 50_000, step: 1000, isInteger: true }),
  noiseMicrovolts: quantity({
    label: 'Electrode noise (standard deviation)',
    unit: 'µV',
    min: 0.1,
    max: 100,
    step: 0.1,
  }).default(5),
  unitsPerElectrode: quantity({
    label: 'Neurons seen by each electrode',
    unit: '',
    min: 0,
    max: 8,
    step: 1,
    isInteger: true,
  }).default(2),
  spontaneousRateHz: quantity({
    label: 'Spontaneous rate of a neuron',
    unit: 'Hz',
    min: 0,
    max: 100,
    step: 0.1,
  }).default(2),
  spikeAmplitudeMicrovolts: quantity({ label: 'Spike amplitude', unit: 'µV', min: 1, max: 1000, step: 1 }).default(80),
  thresholdChargeNanocoulombs: quantity({
    label: 'Excitation threshold',
    note: 'Charge per phase at which a neuron beside the electrode fires with probability one half',
    unit: 'nC',
    min: 0.001,
    max: 20,
    step: 0.01,
  }).default(0.3),
  evokedLatencyMilliseconds: quantity({
    label: 'Latency of evoked spikes',
    note: 'Mean latency of the directly evoked spike, and the spread to neighbours over synapses',
    unit: 'ms',
    min: 1,
    max: 50,
    step: 0.5,
  }).default(4),
  spreadElectrodes: quantity({
    label: 'Spread of excitation',
    note: 'Distance over which excitation falls to 1/e, in electrode pitches',
    unit: 'electrodes',
    min: 0.1,
    max: 32,
    step: 0.1,
  }).default(1),
  artefactMicrovolts: quantity({ label: 'Stimulation artefact', unit: 'µV', min: 0, max: 6000, step: 10 }).default(
    1500,
  ),
  artefactMilliseconds: quantity({ label: 'Decay of the artefact', unit: 'ms', min: 0, max: 20, step: 0.1 }).default(
    0.5,
  ),
});

/** A board on USB HID; it sets what it is asked to, or the session does not begin. */
const hidRig = z.strictObject({
  kind: z.literal('hid-rig').meta({ label: 'A HID rig' }),
  serialNumber: z
    .string()
    .min(1)
    .max(80)
    .meta({ label: 'Serial number', note: "As 'exocortex devices' lists it; this station's settings hold its token" }),
  channels: quantity({ label: 'Electrodes', unit: '', min: 1, max: 16, step: 1, isInteger: true }),
  sampleRateHz: quantity({ label: 'Sample rate', unit: 'Hz', min: 1000, max: 50_000, step: 1000, isInteger: true }),
  lowCutHz: quantity({
    label: 'High-pass of the amplifier',
    unit: 'Hz',
    min: 0.1,
    max: 500,
    step: 0.1,
  }).default(1),
  highCutHz: quantity({
    label: 'Low-pass of the amplifier',
    unit: 'Hz',
    min: 100,
    max: 20_000,
    step: 100,
    isInteger: true,
  }).default(7500),
  digitalOutputs: quantity({
    label: 'Digital outputs',
    note: 'State of all sixteen lines while the experiment is connected: the sum of 1 for line 0, 2 for line 1, 4 for line 2 and so on',
    unit: '',
    min: 0,
    max: 65_535,
    step: 1,
    isInteger: true,
  }).default(0),
});

/** What the virtual rig plays. */
export const virtualRigSourceSchema = z.discriminatedUnion('kind', [replay, virtual]);
export const sourceSchema = z.discriminatedUnion('kind', [replay, virtual, hidRig]);
export type Source = z.infer<typeof sourceSchema>;
export type SourceKind = Source['kind'];
export type ReplaySource = z.infer<typeof replay>;
export type VirtualSource = z.infer<typeof virtual>;
export type HidSource = z.infer<typeof hidRig>;
