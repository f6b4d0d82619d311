// The schema of a .json file that says how a plain file of samples of any other program is read, so that it can be imported.
import { z } from 'zod';
import { quantity } from './quantity.ts';
import { recordingSidecarSchema } from './recording-sidecar.ts';

const { channels, sampleRateHz, microvoltsPerBit, sampleCount } = recordingSidecarSchema.shape;

export const plainRecordingSchema = z.strictObject({
  format: z.literal('plain-recording/1').meta({ label: 'Kind and version of the file' }),
  samples: z.string().min(1).meta({ label: 'Sample file', note: 'Path relative to this file' }),
  sampleType: z.enum(['int16le', 'int16be', 'uint16le', 'float32le']).meta({
    label: 'Sample type',
    note: 'uint16le has its zero at 32768; all channels of the first sample come first, then those of the second',
  }),
  channels,
  sampleRateHz,
  microvoltsPerBit,
  headerBytes: quantity({
    label: 'Bytes before the first sample',
    unit: '',
    min: 0,
    max: 1e9,
    step: 1,
    isInteger: true,
  }).optional(),
  sampleCount: sampleCount.optional(),
  channelNames: z.array(z.string().min(1)).meta({ label: 'Names of the channels' }).optional(),
  startedAt: z.iso.datetime({ offset: true }).meta({ label: 'When the first sample was taken' }).optional(),
});

export type PlainRecording = z.infer<typeof plainRecordingSchema>;
