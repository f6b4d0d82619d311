// Layers of limits for tests: random ones, and one that lists electrodes.
import fc from 'fast-check';
import { activityLimits } from './activity-limits.ts';
import type { LimitLayer, LimitSources } from './combine-limits.ts';
import { electrodeLimits } from './electrode-limits.ts';
import type { ElectrodeGeometry } from './geometry.ts';
import { ceilingOf, type LimitDeclaration, toWholeUnits } from './limit-declaration.ts';
import { materialNames } from './materials.ts';
import { profileNames } from './profile-name.ts';
import { timingLimits } from './timing-limits.ts';
import { totalLimits } from './total-limits.ts';

export type LimitTable = Readonly<Record<string, LimitDeclaration>>;

/** The tables, by the part of a layer that they belong to. */
export const limitTables = {
  electrode: electrodeLimits,
  total: totalLimits,
  timing: timingLimits,
  activity: activityLimits,
} as const;

/** Every declared limit. */
export const allLimits = Object.entries(limitTables).flatMap(([section, table]) =>
  Object.entries(table as LimitTable).map(([name, declaration]) => ({
    section: section as keyof typeof limitTables,
    name,
    declaration,
  })),
);

/** Around what matters: nothing, default, ceiling, and beyond. */
function wholeValue(declaration: LimitDeclaration): fc.Arbitrary<number> {
  const marks = profileNames.flatMap((profile) => [
    toWholeUnits(declaration, declaration.defaults[profile]),
    toWholeUnits(declaration, ceilingOf(declaration, profile)),
  ]);
  return fc.oneof(
    fc.constantFrom(...marks.flatMap((mark) => [mark - 1, mark, mark + 1])),
    fc.nat({ max: 2 * Math.max(...marks) + 1 }),
  );
}

function someOf<T extends LimitTable>(table: T): fc.Arbitrary<Partial<Record<keyof T, number>>> {
  const shape = Object.fromEntries(Object.entries(table).map(([name, declaration]) => [name, wholeValue(declaration)]));
  // Which keys are there is random; the values belong to the table's names.
  return fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<Partial<Record<keyof T, number>>>;
}

export const someGeometry: fc.Arbitrary<ElectrodeGeometry> = fc.record(
  {
    areaSquareMicrometres: fc.integer({ min: 1, max: 10_000 }),
    material: fc.constantFrom(...materialNames),
    measuredInjectionLimit: fc.integer({ min: 0, max: 20_000 }),
  },
  { requiredKeys: ['areaSquareMicrometres', 'material'] },
);

const someElectrode = fc.constantFrom(0, 1, 2);

export const someLayer: fc.Arbitrary<LimitLayer> = fc.record({
  electrodes: fc.option(
    fc.array(fc.tuple(someElectrode, someOf(electrodeLimits)), { maxLength: 3 }).map((list) => new Map(list)),
    { nil: undefined, freq: 3 },
  ),
  total: someOf(totalLimits),
  timing: someOf(timingLimits),
  activity: someOf(activityLimits),
  geometry: fc.array(fc.tuple(someElectrode, someGeometry), { maxLength: 3 }).map((list) => new Map(list)),
});

/** Names electrodes 0 to 2 and limits nothing. */
export const listing: LimitLayer = {
  electrodes: new Map([0, 1, 2].map((electrode) => [electrode, {}])),
  total: {},
  timing: {},
  activity: {},
  geometry: new Map(),
};

/** A dummy load on each electrode of the bench, without a site's file. */
export const benchSources: LimitSources = {
  profile: 'bench',
  name: 'test',
  site: undefined,
  shortTrainElectrodes: new Set(),
  layers: [listing],
  pitchMicrometres: 100,
  gridColumns: 2,
};
