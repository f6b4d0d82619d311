// What one unit of a study found: one rule with one seed and one setting of its parameters.
import { z } from 'zod';

/** A parameter that is not where the study sets it, but so many times that. */
export interface StudySetting {
  readonly parameter: string;
  readonly factor: number;
}

export interface StudyUnit {
  /** The rule's name in the results. */
  readonly label: string;
  readonly seed: number;
  /** Undefined: all parameters as the study sets them. */
  readonly setting?: StudySetting | undefined;
}

/** Null where a number is not finite: the rule has diverged. */
const finite = z.number().nullable();

const point = z.strictObject({
  presentations: z.number(),
  loss: finite,
  /** The loss, or the accuracy in %. */
  score: finite,
  /** Between the rule's change and the negative gradient, layer by layer, in degrees; null where there is neither. */
  anglesDegrees: z.array(finite),
});

/** Of a task with several delays, each learned by a network of its own. */
const delayPoint = z.strictObject({
  delayMilliseconds: z.number(),
  /** At the end, as the study's score. */
  score: finite,
  /** Of the first trial's action, in parts of that at the shortest delay; null where the rule gives none. */
  credit: finite,
  /** What the declared time constant of eligibility says of the credit; null for a rule without one. */
  predicted: finite,
});

export const unitResultSchema = z.strictObject({
  format: z.literal('exocortex-rule-study-unit/1'),
  /** SHA-256 of what decides a study's numbers. */
  study: z.string(),
  label: z.string(),
  seed: z.number(),
  setting: z.strictObject({ parameter: z.string(), factor: z.number() }).optional(),
  curve: z.array(point),
  delays: z.array(delayPoint).optional(),
  /** Of the last point. */
  score: finite,
  /** When the loss left the finite numbers, and what it was then; the curve ends there. */
  diverged: z.strictObject({ presentations: z.number(), loss: z.string() }).optional(),
  synapses: z.number(),
  /** Of the machine that computed it; everything else is the same on all. */
  measured: z.strictObject({
    /** Time of learning for each synapse and presented sample. */
    nanosecondsPerSynapse: z.number(),
    seconds: z.number(),
  }),
});

export type UnitResult = z.infer<typeof unitResultSchema>;
export type CurvePoint = UnitResult['curve'][number];
export type DelayPoint = z.infer<typeof delayPoint>;

/** Which version of a study a folder of units is for. */
export const unitsVersionSchema = z.strictObject({ study: z.string() });
