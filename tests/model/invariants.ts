// Every invariant, numbered as in the safety analysis: I1 to I12, I19, I20, and some of the model's own; for the model check.
import type { Invariant } from './invariant.ts';
import { invariantsOfInterlock } from './invariants-of-interlock.ts';
import { invariantsOfOutput } from './invariants-of-output.ts';

/** In the order in which they are looked at: the first that does not hold is named. */
export const invariants: readonly Invariant[] = [...invariantsOfOutput, ...invariantsOfInterlock];
