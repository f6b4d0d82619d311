// The schema of a recording's .json sidecar: how to read its sample file.
import { z } from 'zod';
import { quantity } from './quantity.ts';
import { recordingProvenanceSchema } from './recording-provenance.ts';

const channel = quantity({ label: 'Channel', unit: '', min: 0, max: 4095, step: 1, isInteger: true });

export const recordingSidecarSchema = z.strictObject({
  format: z.literal('exocortex-recording/1').meta({ label: 'Kind and version of the file' }),
  samples: z.string().min(1).meta({ label: 'Sample file', note: 'Path relative to the sidecar' }),
  sampleType: z.literal('int16le').meta({ label: 'Sample type', note: 'Signed 16 bits, little-endian' }),
  layout: z
    .literal('sample-major')
    .meta({ label: 'Order', note: 'All channels of the first sample, then of the second' }),
  channels: quantity({ label: 'Channels', unit: '', min: 1, max: 4096, step: 1, isInteger: true }),
  sampleCount: quantity({ label: 'Samples of each channel', unit: '', min: 1, max: 1e12, step: 1, isInteger: true }),
  sampleRateHz: quantity({ label: 'Sample rate', unit: 'Hz', min: 100, max: 100_000, step: 1000 }),
  microvoltsPerBit: quantity({ label: 'Microvolts of one bit', unit: 'µV', min: 0.0001, max: 1000, step: 0.001 }),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits in lower case')
    .meta({ label: 'SHA-256 of the sample file' }),
  electrodeGroups: z
    .array(z.array(channel))
    .meta({ label: 'Channels that belong together, such as stereotrodes' })
    .optional(),
  location: z
    .string()
    .min(1)
    .meta({ label: 'Where the electrodes were', note: 'A term of an atlas where there is one' })
    .optional(),
  source: z.string().min(1).meta({ label: 'Where the recording comes from' }),
  licence: z.string().min(1).meta({ label: 'Licence of the recording' }),
  provenance: recordingProvenanceSchema.optional(),
});

export type RecordingSidecar = z.infer<typeof recordingSidecarSchema>;
