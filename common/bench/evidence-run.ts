// What the bench of gradients through time is asked for and what it answers; main process and bench program.
import { z } from 'zod';

export const evidenceRunRequestSchema = z.strictObject({
  credit: z.enum(['e-prop-symmetric', 'bptt']),
  /** Trials of an iteration. */
  batch: z.int().min(1),
  iterations: z.int().min(1),
});

export type EvidenceRunRequest = z.output<typeof evidenceRunRequestSchema>;

export const evidenceRunAnswerSchema = z.strictObject({
  /** Of each iteration, on one thread: trials drawn, run, credited, weights changed. */
  seconds: z.array(z.number()).min(1),
  /** Mean over neurons, trials and iterations. */
  rateHz: z.number().min(0),
});

export type EvidenceRunAnswer = z.output<typeof evidenceRunAnswerSchema>;
