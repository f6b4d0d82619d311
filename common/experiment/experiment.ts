// The schema of an experiment file: source, stimulator, detection, network, stimuli, limits and phases.
import { z } from 'zod';
import { digitalInputsSchema } from './digital-inputs.ts';
import { name } from './name.ts';
import { phaseDriveSchema } from './phase-drive.ts';
import { quantity } from './quantity.ts';
import { longestRampSeconds } from './ramp.ts';
import { sourceSchema } from './source.ts';
import { stimulatorSchema } from './stimulator.ts';

const detection = z.strictObject({
  lowCutoffHz: quantity({ label: 'Band from', unit: 'Hz', min: 1, max: 20_000, step: 10 }).default(300),
  highCutoffHz: quantity({ label: 'Band to', unit: 'Hz', min: 2, max: 24_000, step: 100 }).default(6000),
  filterOrder: quantity({
    label: 'Filter order (Butterworth)',
    unit: '',
    min: 1,
    max: 4,
    step: 1,
    isInteger: true,
  }).default(2),
  thresholdSigmas: quantity({
    label: 'Threshold',
    note: 'A spike is a downward crossing of minus this many standard deviations of the noise',
    unit: 'σ',
    min: 2,
    max: 20,
    step: 0.1,
  }).default(4.5),
  refractoryMilliseconds: quantity({ label: 'Refractory time', unit: 'ms', min: 0, max: 20, step: 0.1 }).default(1),
  blankingMilliseconds: quantity({
    label: 'Blanking after a delivery',
    note: 'Detection is suspended on all electrodes for this long from a delivery on, so that the artefact is not read as spikes',
    unit: 'ms',
    min: 0,
    max: 50,
    step: 0.1,
  }).default(0),
});

/** A charge-balanced biphasic current pulse. */
const stimulus = z.strictObject({
  name: name.meta({ label: 'Name', note: 'Readouts of the network ask for the stimulus by this name' }),
  electrode: quantity({ label: 'Electrode', unit: '', min: 0, max: 4095, step: 1, isInteger: true }),
  amplitudeMicroamps: quantity({ label: 'Amplitude of each phase', unit: 'µA', min: 0.001, max: 3500, step: 0.1 }),
  phaseMicroseconds: quantity({
    label: 'Duration of each phase',
    unit: 'µs',
    min: 20,
    max: 1000,
    step: 10,
    isInteger: true,
  }),
  interphaseMicroseconds: quantity({
    label: 'Interphase gap',
    unit: 'µs',
    min: 0,
    max: 100,
    step: 10,
    isInteger: true,
  }).default(0),
  leadingPhase: z.enum(['cathodic', 'anodic']).meta({ label: 'Polarity of the first phase' }).default('cathodic'),
});

const phase = z.strictObject({
  name: name.meta({ label: 'Name' }),
  seconds: quantity({ label: 'Duration', unit: 's', min: 0.1, max: 86_400, step: 1 }),
  stimulation: z
    .boolean()
    .meta({ label: 'Stimulation', note: 'Whether requests of the simulation may stimulate in this phase' }),
  drives: z
    .array(phaseDriveSchema)
    .meta({ label: 'What is injected into populations, from the beginning of the phase on' })
    .default([]),
});

const subject = z.strictObject({
  id: z.string().min(1).meta({ label: 'Identifier' }),
  species: z.string().min(1).meta({ label: 'Species', note: 'Latin name, such as Mus musculus' }),
  age: z
    .string()
    .regex(/^P(\d+[YMWD])+$/, 'an ISO 8601 duration such as P90D')
    .meta({ label: 'Age', note: 'ISO 8601 duration, such as P90D' })
    .optional(),
  sex: z.enum(['M', 'F', 'O', 'U']).meta({ label: 'Sex', note: 'Male, female, other, unknown' }).default('U'),
  description: z.string().min(1).meta({ label: 'Description' }).optional(),
});

export const experimentSchema = z.strictObject({
  exocortex: z.literal('experiment/1').meta({ label: 'Kind and version of the file' }),
  name: name.meta({ label: 'Name', note: 'Part of the name of the session folder' }),
  title: z.string().min(1).meta({ label: 'Title' }),
  description: z.string().min(1).meta({ label: 'Description' }),
  seed: quantity({
    label: 'Seed',
    note: 'Of everything random: connections, initial weights, virtual tissue',
    unit: '',
    min: 0,
    max: 4_294_967_295,
    step: 1,
    isInteger: true,
  }),
  tickMilliseconds: quantity({
    label: 'Tick',
    note: 'One step of the closed loop',
    unit: 'ms',
    min: 1,
    max: 100,
    step: 1,
    isInteger: true,
  }).default(1),
  deadlineMilliseconds: quantity({
    label: 'Deadline of a tick',
    note: "The simulation's answer must be there this long after the tick's newest sample; a later answer never stimulates",
    unit: 'ms',
    min: 1,
    max: 50,
    step: 0.5,
  }),
  source: sourceSchema.meta({ label: 'Where the samples come from' }),
  stimulator: stimulatorSchema
    .meta({
      label: 'What stimulates where the source only records',
      note: 'Such a source stimulates nothing without it',
    })
    .optional(),
  digitalInputs: digitalInputsSchema
    .meta({
      label: 'Digital inputs whose changes are recorded',
      note: 'Triggers, licks, camera frames: each change stands in the recording at its sample',
    })
    .default([]),
  detection: detection.meta({ label: 'Band-pass and threshold that find spikes' }),
  network: z.string().min(1).meta({ label: 'Network-model file', note: 'Path relative to this file' }),
  stimuli: z.array(stimulus).meta({ label: 'Charge-balanced biphasic pulses', note: 'None is a recording only' }),
  rampSeconds: quantity({
    label: 'Ramp',
    note: 'In each phase that stimulates, amplitudes rise from a tenth to all of what `stimuli` says for this long; 0 is no ramp',
    unit: 's',
    min: 0,
    max: longestRampSeconds,
    step: 1,
  }).default(0),
  limitProfile: z.string().min(1).meta({ label: 'Limit-profile file', note: 'Path relative to this file' }),
  siteFile: z
    .string()
    .min(1)
    .meta({
      label: "The site's limit file, signed",
      note: 'Path relative to this file; every preparation but bench needs one',
    })
    .optional(),
  phases: z.array(phase).min(1).meta({
    label: 'Phases of a session',
    note: 'Run one after another; the last one goes on when a session asks for more time',
  }),
  subject: subject.meta({ label: 'The animal or culture, for the data file' }).optional(),
});

export type Experiment = z.infer<typeof experimentSchema>;
export type Detection = Experiment['detection'];
export type Stimulus = Experiment['stimuli'][number];
export type Phase = Experiment['phases'][number];
