// What the virtual rig is started with: one JSON argument; used by who starts it and by the virtual rig.
import { z } from 'zod';
import { recordingSidecarSchema } from '../experiment/recording-sidecar.ts';
import { virtualRigSourceSchema } from '../experiment/source.ts';
import { virtualFaultSchema } from './virtual-fault.ts';

/** Environment variable with the token that every client must present. */
export const deviceTokenVariable = 'EXOCORTEX_DEVICE_TOKEN';

/** Environment variable with the path of an output journal, for rigs that are started by a program that knows nothing of it. */
export const outputJournalVariable = 'EXOCORTEX_OUTPUT_JOURNAL';

export const virtualRigOptionsSchema = z
  .strictObject({
    /** Path of a Unix socket in a private folder, or name of a Windows pipe. */
    address: z.string().min(1),
    pacing: z.enum(['real-time', 'stepped']),
    /** Seed of the tissue and its noise. */
    seed: z.int().min(0).max(0xffff_ffff),
    /** Length of a block. */
    tickMilliseconds: z.number().positive().max(100),
    source: virtualRigSourceSchema,
    /** The recording to be replayed; `samplesFile` is absolute. */
    recording: z.strictObject({ sidecar: recordingSidecarSchema, samplesFile: z.string().min(1) }).optional(),
    faults: z.array(virtualFaultSchema).max(1000).default([]),
    /** Device time at the host's time 0: the device has a clock of its own. */
    clockOffsetMicroseconds: z.int().min(0).default(123_456_789),
    /** File that everything at the output is written to, with the device's own clock. */
    outputJournal: z.string().min(1).optional(),
  })
  .refine((options) => (options.source.kind === 'replay') === (options.recording !== undefined), {
    message: 'a replay needs a recording, tissue has none',
    path: ['recording'],
  });

export type VirtualRigOptions = z.infer<typeof virtualRigOptionsSchema>;
/** Options as the starter writes them: what has a default may be left out. */
export type VirtualRigRequest = z.input<typeof virtualRigOptionsSchema>;
