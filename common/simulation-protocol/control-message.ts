// What an operator may do to the running population, between two ticks; rig thread and simulation process.
import { z } from 'zod';
import { driveSchema } from '../experiment/network/drive.ts';

const index = z.int().min(0);

/** Indices are those of the network model. */
export const learningControlSchema = z.discriminatedUnion('kind', [
  /** Frozen synapses stay as they are; traces go on. */
  z.strictObject({ kind: z.literal('freeze'), projection: index, isFrozen: z.boolean() }),
  /** Weights, and what synapses keep beside them, become what they were at the beginning. */
  z.strictObject({ kind: z.literal('reset'), projection: index }),
  /** A signal is held at a value; null lets it run again. */
  z.strictObject({ kind: z.literal('clamp'), signal: index, value: z.number().nullable() }),
]);
export type LearningControl = z.output<typeof learningControlSchema>;

export const driveControlSchema = z.discriminatedUnion('kind', [
  /** A drive begins with the next tick, in the place of one of the same population that runs. */
  z.strictObject({ kind: z.literal('drive'), population: index, ...driveSchema.shape }),
  /** The drive of a population ends before the next tick; null: those of all populations. */
  z.strictObject({ kind: z.literal('end-drive'), population: index.nullable() }),
]);
export type DriveControl = z.output<typeof driveControlSchema>;

export const populationControlSchema = z.union([learningControlSchema, driveControlSchema]);
export type PopulationControl = z.output<typeof populationControlSchema>;

export const isDriveControl = (control: PopulationControl): control is DriveControl =>
  control.kind === 'drive' || control.kind === 'end-drive';

/** A drive that runs, of a population of the network model. */
export const runningDriveSchema = z.strictObject({
  population: index,
  strength: driveSchema.shape.strength,
  unit: driveSchema.shape.unit,
  ticksLeft: z.int().min(1),
});
export type RunningDrive = z.output<typeof runningDriveSchema>;

export const controlAnswerSchema = z.strictObject({
  /** Why nothing was done, in words; empty when it was done. */
  problem: z.string(),
  /** Number of the next step: the first that is as the control says. */
  step: index,
  /** All that run now. */
  drives: z.array(runningDriveSchema),
});
export type ControlAnswer = z.output<typeof controlAnswerSchema>;
