// The schema of what a phase injects into a population: one of four keys says how strongly, in the unit of its neurons.
import { z } from 'zod';
import { name } from './name.ts';
import { type Drive, type DriveUnit, longestDriveMilliseconds } from './network/drive.ts';
import { quantity } from './quantity.ts';

/** The unit that each key is in; exactly one of them stands there. */
export const strengthKeys = {
  strengthMillivolts: 'mV',
  strengthPicoamps: 'pA',
  strengthMillivoltsPerMillisecond: 'mV/ms',
  rateHz: 'Hz',
} as const satisfies Readonly<Record<string, DriveUnit>>;
export type StrengthKey = keyof typeof strengthKeys;

/** Far beyond what any population takes: what it takes is checked with the network. */
const any = { min: -1_000_000, max: 1_000_000 };

export const phaseDriveSchema = z.strictObject({
  population: name.meta({ label: 'Driven population' }),
  strengthMillivolts: quantity({
    label: 'Strength, of lif, adex and rate',
    note: 'Added to the bias: the steady depolarisation that the current holds',
    unit: 'mV',
    ...any,
    step: 0.1,
  }).optional(),
  strengthPicoamps: quantity({
    label: 'Strength, of lif-conductance',
    note: 'Current into each neuron; negative hyperpolarises',
    unit: 'pA',
    ...any,
    step: 1,
  }).optional(),
  strengthMillivoltsPerMillisecond: quantity({
    label: 'Strength, of izhikevich',
    note: 'Added to the steady current',
    unit: 'mV/ms',
    ...any,
    step: 0.1,
  }).optional(),
  rateHz: quantity({
    label: 'Strength, of poisson',
    note: 'Added to the firing rate; negative lowers it',
    unit: 'Hz',
    ...any,
    step: 0.1,
  }).optional(),
  durationMilliseconds: quantity({
    label: 'Duration, from the beginning of the phase',
    note: 'The whole phase if left out',
    unit: 'ms',
    min: 1,
    max: longestDriveMilliseconds,
    step: 1,
  }).optional(),
});
export type PhaseDrive = z.infer<typeof phaseDriveSchema>;

/** @param drive of a checked experiment. @param phaseSeconds of its phase */
export function driveOf(drive: PhaseDrive, phaseSeconds: number): Drive {
  const key = (Object.keys(strengthKeys) as StrengthKey[]).find((each) => drive[each] !== undefined)!;
  const milliseconds = drive.durationMilliseconds ?? Math.min(1000 * phaseSeconds, longestDriveMilliseconds);
  return { strength: drive[key]!, unit: strengthKeys[key], milliseconds };
}
