// Tightenings of a session: each limit can be made tighter, none looser.
import { describe, expect, test } from 'vitest';
import { combineLimits } from './combine-limits.ts';
import { toFileUnits } from './limit-declaration.ts';
import { allLimits, benchSources, listing } from './limits.fixture.ts';
import type { LimitsInForce } from './limits-in-force.ts';
import { isTighterOrEqual } from './limits-of.ts';
import { sessionTighteningSchema, tighteningLayer } from './session-tightening.ts';

const geometry = new Map(
  [0, 1, 2].map((each) => [each, { areaSquareMicrometres: 707, material: 'platinum' } as const]),
);
const sources = { ...benchSources, profile: 'in-vitro-mea', layers: [{ ...listing, geometry }] } as const;
const before = combineLimits(sources);

/** As the rig does it: what is in force, and a further layer. */
function tightened(request: unknown): LimitsInForce {
  const layer = tighteningLayer(sessionTighteningSchema.parse(request), [...before.electrodes.keys()]);
  return combineLimits({ ...sources, layers: [...sources.layers, layer] });
}

const valueIn = (limits: LimitsInForce, { section, name }: (typeof allLimits)[number], electrode = 1) =>
  new Map<string, number>(
    Object.entries(section === 'electrode' ? limits.electrodes.get(electrode)!.limits : limits[section]),
  ).get(name)!;

describe.each(allLimits)('H64: $section $name', (limit) => {
  const { section, declaration } = limit;
  const now = valueIn(before, limit);
  const direction = declaration.sense === 'max' ? 1 : -1;
  const ask = (whole: number) => tightened({ [section]: { [declaration.fileKey]: toFileUnits(declaration, whole) } });

  test('H64: is tightened by one step', () => {
    const after = ask(now - direction);
    expect(valueIn(after, limit)).toBe(now - direction);
    expect(isTighterOrEqual(after, before) && !isTighterOrEqual(before, after)).toBe(true);
  });

  // A number beyond every ceiling is refused by the schema before; the others change nothing.
  test('H64: is not loosened, by a step or by a lot', () => {
    for (const looser of [now + direction, direction > 0 ? 2 * now : Math.floor(now / 2)]) {
      const request = { [section]: { [declaration.fileKey]: toFileUnits(declaration, looser) } };
      if (sessionTighteningSchema.safeParse(request).success) expect(tightened(request)).toEqual(before);
      else expect(direction > 0 ? looser > now : looser < now).toBe(true);
    }
  });
});

test('H64: a tightening of some electrodes leaves the others as they are and allows none', () => {
  const after = tightened({ electrodes: [1, 77], electrode: { amplitudeMaxMicroamps: 1 } });
  expect([...after.electrodes.keys()]).toEqual([0, 1, 2]);
  expect([0, 1, 2].map((each) => after.electrodes.get(each)!.limits.amplitudeMaxNanoamps)).toEqual([3000, 1000, 3000]);
});

test('H64: one limit is tightened while another is loosened: only the first counts', () => {
  const after = tightened({
    electrode: { amplitudeMaxMicroamps: 2, rateMaxHz: 500 },
    timing: { leaseMilliseconds: 250 },
  });
  expect(after.electrodes.get(0)!.limits).toMatchObject({ amplitudeMaxNanoamps: 2000, rateMaxMillihertz: 200_000 });
  expect(after.timing).toEqual(before.timing);
});

test.each([
  { electrode: { amplitudeMaxMicroamps: -1 } },
  { electrode: { amplitudeMaxMicroamps: Number.NaN } },
  { electrode: { unknown: 1 } },
  { electrodes: [], electrode: {} },
  { electrodes: [4096] },
  { electrodes: [1.5] },
  { geometry: {} },
])('a tightening that is none is refused: %j', (request) => {
  expect(sessionTighteningSchema.safeParse(request).success).toBe(false);
});
