// Saving the state of the population to a file, and its head; main process and simulation process.
import { z } from 'zod';
import { canonicalJson } from '../base/canonical-json.ts';
import type { SimulationConfiguration } from './configuration.ts';

/** Where to. */
export const saveStateSchema = z.strictObject({ path: z.string().min(1) });

export const savedStateSchema = z.strictObject({
  path: z.string(),
  /** Number of the next step of the network. */
  step: z.int().min(0),
  bytes: z.int().min(0),
  /** Of the arrays. */
  sha256: z.string(),
});
export type SavedState = z.output<typeof savedStateSchema>;

/** Why nothing was saved, in words. */
export const saveAnswerSchema = z.union([savedStateSchema, z.strictObject({ problem: z.string() })]);
export type SaveAnswer = z.output<typeof saveAnswerSchema>;

/**
 * First line of a file with a saved state: this as JSON, filled up with spaces so that line and line end take a multiple of 4 bytes. Then the arrays, one after the
 * other, whole numbers of 32 bits, little-endian.
 */
export const stateHeaderSchema = z.strictObject({
  format: z.literal('exocortex-population-state/1'),
  /** SHA-256 of what the network was built from, as canonical JSON. */
  network: z.string(),
  /** Number of the next step. */
  step: z.int().min(0),
  /** SHA-256 of the bytes after this line. */
  sha256: z.string(),
  arrays: z.array(z.strictObject({ name: z.string(), length: z.int().min(0) })),
});
export type StateHeader = z.output<typeof stateHeaderSchema>;

/** @returns everything that decides what the network is, as canonical JSON: its SHA-256 is `network` in the head. */
export function stateNetwork({
  network,
  ownRules,
  seed,
  channels,
  tickMilliseconds,
  stimuli,
}: SimulationConfiguration) {
  // Where a rule's file lies decides nothing; what it says does.
  const rules = ownRules.map(({ rule }) => rule);
  return canonicalJson({
    ...{ network, seed, channels, tickMilliseconds, stimuli },
    ...(rules.length === 0 ? {} : { rules }),
  });
}
