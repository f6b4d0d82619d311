// The schema of a limit-profile file: what an experiment allows of what its site, its device and the program allow; it only tightens.
import { z } from 'zod';
import { activityLimits } from '../limits/activity-limits.ts';
import { electrodeLimits } from '../limits/electrode-limits.ts';
import { type LimitDeclaration, limitQuantity } from '../limits/limit-declaration.ts';
import { materialNames } from '../limits/materials.ts';
import { profileNames } from '../limits/profile-name.ts';
import { timingLimits } from '../limits/timing-limits.ts';
import { totalLimits } from '../limits/total-limits.ts';
import { name } from './name.ts';
import { quantity } from './quantity.ts';

type Table = Readonly<Record<string, LimitDeclaration>>;
type FileKey<T extends Table> = T[keyof T]['fileKey'];
/** Keys of a table's limits in a file. */
type Shape<T extends Table, Needed extends string> = {
  [K in keyof T as T[K]['fileKey']]: T[K]['fileKey'] extends Needed ? z.ZodNumber : z.ZodOptional<z.ZodNumber>;
};

/** The limits of a table as keys of a file: those in `needed` must be there, the others tighten when they are. */
export function limitShape<T extends Table, const Needed extends FileKey<T> = never>(
  table: T,
  needed: readonly Needed[] = [],
): Shape<T, Needed> {
  const isNeeded = new Set<string>(needed);
  const entries = Object.values(table).map((declaration) => {
    const schema = limitQuantity(declaration);
    return [declaration.fileKey, isNeeded.has(declaration.fileKey) ? schema : schema.optional()] as const;
  });
  // The type above says key by key what the table says.
  return Object.fromEntries(entries) as unknown as Shape<T, Needed>;
}

export const electrodeNumber = quantity({ label: 'Electrode', unit: '', min: 0, max: 4095, step: 1, isInteger: true });

/** What is known of the metal; an electrode without it may not be stimulated. */
export const geometryShape = {
  areaSquareMicrometres: quantity({
    label: 'Geometric area of an electrode',
    note: 'Without area and material an electrode may not be stimulated',
    unit: 'µm²',
    min: 1,
    max: 100_000_000,
    step: 1,
  }).optional(),
  material: z
    .enum(materialNames)
    .meta({ label: 'Material of the electrode', note: 'dummy-load is for the bench only' })
    .optional(),
};

/** Limits of one group of electrodes. An electrode that no group names may not be stimulated. */
const electrodeGroup = z.strictObject({
  electrodes: z
    .array(electrodeNumber)
    .min(1)
    .meta({ label: 'Electrodes', note: 'An electrode that no group names may not be stimulated' }),
  ...geometryShape,
  ...limitShape(electrodeLimits, [
    'amplitudeMaxMicroamps',
    'phaseMinMicroseconds',
    'phaseMaxMicroseconds',
    'interphaseMaxMicroseconds',
    'chargePerPhaseMaxNanocoulombs',
    'rateMaxHz',
  ]),
});

const total = z.strictObject(limitShape(totalLimits, ['rateMaxHz', 'pulsesPerSessionMax']));

const timing = z.strictObject(
  limitShape(timingLimits, [
    'dataAgeMaxMilliseconds',
    'lateTicksToTrip',
    'lateTicksWindow',
    'dataAgeToTripMilliseconds',
    'leaseMilliseconds',
    'beatMaxMilliseconds',
    'refusalsInTenSecondsToTrip',
    'gapToTripMilliseconds',
  ]),
);

export const limitProfileSchema = z.strictObject({
  exocortex: z.literal('limit-profile/1').meta({ label: 'Kind and version of the file' }),
  name: name.meta({ label: 'Name' }),
  title: z.string().min(1).meta({ label: 'Title' }),
  preparation: z.enum(profileNames).meta({
    label: 'Preparation',
    note: 'bench is no living tissue; every other one needs a site file that a PI has signed',
  }),
  electrodeGroups: z.array(electrodeGroup).min(1).meta({ label: 'Electrodes with the same limits' }),
  total: total.meta({ label: 'Limits over all electrodes' }),
  timing: timing.meta({ label: 'Limits of time' }),
  activity: z.strictObject(limitShape(activityLimits)).meta({ label: 'Limits of the tissue’s activity' }).optional(),
});

export type LimitProfile = z.infer<typeof limitProfileSchema>;
export type ElectrodeGroupLimits = z.infer<typeof electrodeGroup>;
