// Turns the numbers of a limit file, in the laboratory's units, into a layer of whole units; used in every process.
import { activityLimits } from './activity-limits.ts';
import type { LimitLayer } from './combine-limits.ts';
import { electrodeLimits } from './electrode-limits.ts';
import type { ElectrodeGeometry } from './geometry.ts';
import { givenLimits } from './given-limits.ts';
import { type LimitDeclaration, toWholeUnits } from './limit-declaration.ts';
import type { MaterialName } from './materials.ts';
import { timingLimits } from './timing-limits.ts';
import { totalLimits } from './total-limits.ts';

/** The part of a group of electrodes that is not numbers of limits. */
interface Group {
  readonly electrodes: readonly number[];
  readonly areaSquareMicrometres?: number | undefined;
  readonly material?: MaterialName | undefined;
  readonly injectionLimitMeasuredMicrocoulombsPerSquareCentimetre?: number | undefined;
}

/** What limit profiles and site files have in common. */
interface LimitFile {
  readonly electrodeGroups: readonly Group[];
  readonly total?: object | undefined;
  readonly timing?: object | undefined;
  readonly activity?: object | undefined;
}

/** fC/µm² in 1 µC/cm². */
export const injectionPerUnit = 10;

/** The numbers of `section` that the table knows, under the code's names. */
function wholeUnits<T extends Readonly<Record<string, LimitDeclaration>>>(
  table: T,
  section: object,
): Partial<Record<keyof T & string, number>> {
  const values: Partial<Record<keyof T & string, number>> = {};
  for (const { name, declaration, value } of givenLimits(table, section))
    values[name] = toWholeUnits(declaration, value);
  return values;
}

function geometryOf(group: Group): ElectrodeGeometry | undefined {
  const { areaSquareMicrometres, material, injectionLimitMeasuredMicrocoulombsPerSquareCentimetre: measured } = group;
  if (areaSquareMicrometres === undefined || material === undefined) return undefined;
  return {
    areaSquareMicrometres: Math.floor(areaSquareMicrometres),
    material,
    ...(measured === undefined ? {} : { measuredInjectionLimit: measured * injectionPerUnit }),
  };
}

export function fileLayer(file: LimitFile): LimitLayer {
  const electrodes = new Map<number, ReturnType<typeof wholeUnits<typeof electrodeLimits>>>();
  const geometry = new Map<number, ElectrodeGeometry>();
  for (const group of file.electrodeGroups) {
    const limits = wholeUnits(electrodeLimits, group);
    const metal = geometryOf(group);
    for (const electrode of group.electrodes) {
      electrodes.set(electrode, limits);
      if (metal !== undefined) geometry.set(electrode, metal);
    }
  }
  return {
    electrodes,
    total: wholeUnits(totalLimits, file.total ?? {}),
    timing: wholeUnits(timingLimits, file.timing ?? {}),
    activity: wholeUnits(activityLimits, file.activity ?? {}),
    geometry,
  };
}
