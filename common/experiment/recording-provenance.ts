// The schema of what a recording's sidecar says of the files that it was imported from.
import { z } from 'zod';
import { quantity } from './quantity.ts';

const bytes = quantity({ label: 'Length', unit: 'bytes', min: 0, max: 1e15, step: 1, isInteger: true });
const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits in lower case')
  .meta({ label: 'SHA-256' });

export const recordingProvenanceSchema = z
  .strictObject({
    format: z.string().min(1).meta({ label: 'Format of the original, with its version' }),
    stream: z.string().min(1).meta({ label: 'Stream of the original' }).optional(),
    startedAt: z.string().min(1).meta({ label: 'When the first sample was taken' }).optional(),
    sampleRateHz: z.number().meta({ label: 'Sample rate as the original states it' }),
    channelNames: z.array(z.string()).meta({ label: 'Names of the channels' }),
    files: z
      .array(z.strictObject({ name: z.string().min(1).meta({ label: 'Name of the file' }), bytes, sha256 }))
      .meta({ label: 'Original files' }),
    events: z
      .strictObject({
        file: z.string().min(1).meta({ label: 'File of events', note: 'JSON Lines; path relative to the sidecar' }),
        count: quantity({ label: 'Events', unit: '', min: 1, max: 1e12, step: 1, isInteger: true }),
        sha256,
      })
      .meta({ label: 'What the original marks' })
      .optional(),
    notes: z.array(z.string()).meta({ label: 'What was dropped, changed or noticed' }),
  })
  .meta({ label: 'Where an imported recording comes from' });

export type RecordingProvenance = z.infer<typeof recordingProvenanceSchema>;
