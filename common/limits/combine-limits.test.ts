// Layers of limits combine to the tightest value of each, in whatever order they come, and nothing goes beyond a ceiling.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combineLimits, deviceLayer, type LimitLayer, type LimitSources } from './combine-limits.ts';
import { moreCautious } from './geometry.ts';
import { ceilingOf, isAtLeastAsTight, tighter, toWholeUnits } from './limit-declaration.ts';
import { allLimits, benchSources, limitTables, type LimitTable, listing, someLayer } from './limits.fixture.ts';
import type { LimitsInForce } from './limits-in-force.ts';
import { isTighterOrEqual } from './limits-of.ts';
import { profileNames } from './profile-name.ts';

const someSources: fc.Arbitrary<Omit<LimitSources, 'layers'>> = fc.record({
  profile: fc.constantFrom(...profileNames),
  name: fc.constant('test'),
  site: fc.option(someLayer, { nil: undefined }),
  shortTrainElectrodes: fc.subarray([0, 1, 2]).map((list) => new Set(list)),
  pitchMicrometres: fc.constantFrom(undefined, 100, 200),
  gridColumns: fc.constant(2),
});

/** What two layers say together, written without the code under test. */
function meet(a: LimitLayer, b: LimitLayer): LimitLayer {
  const both = (table: LimitTable, x: object | undefined, y: object | undefined): Record<string, number> => {
    const [left, right] = [x ?? {}, y ?? {}].map((values) => new Map<string, number>(Object.entries(values)));
    const names = Object.keys(table).filter((name) => left!.has(name) || right!.has(name));
    return Object.fromEntries(
      names.map((name) => [
        name,
        tighter(table[name]!, left!.get(name) ?? right!.get(name)!, right!.get(name) ?? left!.get(name)!),
      ]),
    );
  };
  const [first, second] = [a.electrodes, b.electrodes];
  const electrodes =
    first === undefined || second === undefined
      ? (first ?? second)
      : new Map(
          [...first.keys()]
            .filter((each) => second.has(each))
            .map((each) => [each, both(limitTables.electrode, first.get(each), second.get(each))]),
        );
  return {
    electrodes,
    total: both(limitTables.total, a.total, b.total),
    timing: both(limitTables.timing, a.timing, b.timing),
    activity: both(limitTables.activity, a.activity, b.activity),
    geometry: new Map(
      [0, 1, 2].flatMap((each) => {
        const known = moreCautious(a.geometry.get(each), b.geometry.get(each));
        return known === undefined ? [] : [[each, known]];
      }),
    ),
  };
}

const sameElectrodes = ({ electrodes }: LimitsInForce) => [...electrodes].sort(([a], [b]) => a - b);

function expectEqual(a: LimitsInForce, b: LimitsInForce): void {
  expect({ ...a, electrodes: sameElectrodes(a) }).toEqual({ ...b, electrodes: sameElectrodes(b) });
}

describe('H64: layers of limits form a lattice', () => {
  test('H64: their order does not matter', () => {
    fc.assert(
      fc.property(someSources, fc.array(someLayer, { maxLength: 4 }), fc.nat(), (sources, layers, seed) => {
        const shuffled = layers
          .map((layer, index) => ({ layer, rank: (seed * (index + 7)) % 101 }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ layer }) => layer);
        expectEqual(combineLimits({ ...sources, layers: shuffled }), combineLimits({ ...sources, layers }));
      }),
    );
  });

  test('H64: a layer that comes twice changes nothing', () => {
    fc.assert(
      fc.property(someSources, fc.array(someLayer, { minLength: 1, maxLength: 3 }), (sources, layers) => {
        expectEqual(
          combineLimits({ ...sources, layers: [...layers, ...layers] }),
          combineLimits({ ...sources, layers }),
        );
      }),
    );
  });

  test('H64: which of them are combined first does not matter', () => {
    fc.assert(
      fc.property(someSources, someLayer, someLayer, someLayer, (sources, a, b, c) => {
        const all = combineLimits({ ...sources, layers: [a, b, c] });
        expectEqual(combineLimits({ ...sources, layers: [meet(a, b), c] }), all);
        expectEqual(combineLimits({ ...sources, layers: [a, meet(b, c)] }), all);
      }),
    );
  });

  test('H64: a further layer lets nothing through that was refused before', () => {
    fc.assert(
      fc.property(someSources, fc.array(someLayer, { maxLength: 3 }), someLayer, (sources, layers, further) => {
        const before = combineLimits({ ...sources, layers: [listing, ...layers] });
        // To tell the metal of an electrode for the first time is no limit: until then it carries nothing.
        const isKnown = ([electrode]: [number, unknown]) => before.electrodes.get(electrode)?.geometry !== undefined;
        const tightening = { ...further, geometry: new Map([...further.geometry].filter(isKnown)) };
        const after = combineLimits({ ...sources, layers: [listing, ...layers, tightening] });
        expect(isTighterOrEqual(after, before)).toBe(true);
      }),
    );
  });

  test('H64: the result is never looser than any layer nor than any ceiling, and without a site file never than a default', () => {
    fc.assert(
      fc.property(someSources, fc.array(someLayer, { minLength: 1, maxLength: 3 }), (sources, layers) => {
        const { electrodes, total, timing, activity } = combineLimits({ ...sources, layers });
        const holds = (
          table: LimitTable,
          inForce: object,
          given: (layer: LimitLayer) => object | undefined,
          ofSite: object,
        ) => {
          for (const [name, value] of Object.entries(inForce) as [string, number][]) {
            const declaration = table[name]!;
            const bounds = layers.flatMap(
              (layer) => new Map<string, number>(Object.entries(given(layer) ?? {})).get(name) ?? [],
            );
            bounds.push(toWholeUnits(declaration, ceilingOf(declaration, sources.profile)));
            if (!(name in ofSite)) bounds.push(toWholeUnits(declaration, declaration.defaults[sources.profile]));
            for (const bound of bounds)
              expect(isAtLeastAsTight(declaration, value, bound), `${name} ${value} ${bound}`).toBe(true);
          }
        };
        for (const [electrode, own] of electrodes) {
          for (const layer of layers) expect(layer.electrodes?.has(electrode) ?? true).toBe(true);
          holds(
            limitTables.electrode,
            own.limits,
            (layer) => layer.electrodes?.get(electrode),
            sources.site?.electrodes?.get(electrode) ?? {},
          );
        }
        holds(limitTables.total, total, (layer) => layer.total, sources.site?.total ?? {});
        holds(limitTables.timing, timing, (layer) => layer.timing, sources.site?.timing ?? {});
        holds(limitTables.activity, activity, (layer) => layer.activity, sources.site?.activity ?? {});
      }),
    );
  });
});

describe('a site file reaches each ceiling and nothing beyond', () => {
  const cases = allLimits.flatMap((limit) => profileNames.map((profile) => ({ ...limit, profile })));

  test.each(cases)('$section $name on $profile', ({ section, name, declaration, profile }) => {
    const ceiling = toWholeUnits(declaration, ceilingOf(declaration, profile));
    const inForce = (value: number): unknown => {
      const limit = { [name]: value };
      const site: LimitLayer = {
        electrodes: new Map([[0, section === 'electrode' ? limit : {}]]),
        total: section === 'total' ? limit : {},
        timing: section === 'timing' ? limit : {},
        activity: section === 'activity' ? limit : {},
        geometry: new Map(),
      };
      // The extension lifts the charge of microelectrodes to its ceiling, and shortens their trains.
      const isCharge = name === 'chargePerPhaseMaxFemtocoulombs';
      const combined = combineLimits({
        ...benchSources,
        profile,
        site,
        shortTrainElectrodes: new Set(isCharge ? [0] : []),
      });
      const values = section === 'electrode' ? combined.electrodes.get(0)!.limits : combined[section];
      return new Map<string, number>(Object.entries(values)).get(name);
    };
    const [inside, outside] = declaration.sense === 'max' ? [ceiling - 1, ceiling + 1] : [ceiling + 1, ceiling - 1];
    expect(inForce(ceiling)).toBe(ceiling);
    expect(inForce(inside)).toBe(inside);
    expect(inForce(outside)).toBe(ceiling);
    expect(inForce(Number.NaN)).toBe(Number.NaN);
  });
});

describe('an electrode is stimulated only', () => {
  const geometry = new Map([[1, { areaSquareMicrometres: 707, material: 'titanium-nitride' } as const]]);

  test('when every layer that lists electrodes names it', () => {
    const listed = (...electrodes: number[]): LimitLayer => ({
      ...listing,
      electrodes: new Map(electrodes.map((electrode) => [electrode, {}])),
    });
    const allowed = (site: LimitLayer | undefined, ...layers: LimitLayer[]) =>
      [...combineLimits({ ...benchSources, site, layers }).electrodes.keys()].sort();
    const unlisted = { ...listing, electrodes: undefined };
    expect(allowed(listed(0, 1, 2), listed(1, 2, 3), listed(2, 1))).toEqual([1, 2]);
    expect(allowed(undefined, listed(4), unlisted)).toEqual([4]);
    expect(allowed(unlisted, unlisted)).toEqual([]);
    expect(allowed(undefined)).toEqual([]);
    // An empty list is a list: it names nothing.
    expect(allowed(listed(0), listed())).toEqual([]);
  });

  test('within what its geometry carries; without geometry it carries nothing', () => {
    const { electrodes } = combineLimits({
      ...benchSources,
      profile: 'in-vitro-mea',
      layers: [{ ...listing, geometry }],
    });
    expect(electrodes.get(1)).toMatchObject({
      // 10,000 fC/µm² on 707 µm²; √(707·10^11.5); three tenths of 10,000 fC/µm² on 707 µm².
      densityMaxFemtocoulombs: 7_070_000,
      shannonMaxFemtocoulombs: 14_952_358,
      injectionMaxFemtocoulombs: 2_121_000,
    });
    expect(electrodes.get(0)).toMatchObject({
      geometry: undefined,
      densityMaxFemtocoulombs: 0,
      shannonMaxFemtocoulombs: 0,
      injectionMaxFemtocoulombs: 0,
    });
  });

  test('on metal: a dummy load counts on the bench alone', () => {
    const dummy = {
      ...listing,
      geometry: new Map([[1, { areaSquareMicrometres: 707, material: 'dummy-load' } as const]]),
    };
    for (const profile of profileNames) {
      const own = combineLimits({ ...benchSources, profile, layers: [dummy] }).electrodes.get(1)!;
      expect(own.geometry === undefined, profile).toBe(profile !== 'bench');
      expect(own.injectionMaxFemtocoulombs > 0, profile).toBe(profile === 'bench');
    }
  });
});

describe('microelectrodes carry', () => {
  const site = (charge: number): LimitLayer => ({
    ...listing,
    electrodes: new Map([[0, { chargePerPhaseMaxFemtocoulombs: charge, trainMaxMilliseconds: 5000 }]]),
  });
  const limits = (
    charge: number,
    shortTrainElectrodes: number[],
    profile: (typeof profileNames)[number] = 'penetrating-micro',
  ) =>
    combineLimits({
      ...benchSources,
      profile,
      site: site(charge),
      shortTrainElectrodes: new Set(shortTrainElectrodes),
    }).electrodes.get(0)!.limits;

  test('4 nC at most in continuous stimulation, whoever signs', () => {
    expect(limits(20_000_000, [])).toMatchObject({
      chargePerPhaseMaxFemtocoulombs: 4_000_000,
      trainMaxMilliseconds: 5000,
    });
    expect(limits(4_000_000, []).chargePerPhaseMaxFemtocoulombs).toBe(4_000_000);
    expect(limits(3_999_999, []).chargePerPhaseMaxFemtocoulombs).toBe(3_999_999);
  });

  test('up to 20 nC in short trains, a tenth of the time and 100,000 times a day', () => {
    expect(limits(20_000_000, [0])).toMatchObject({
      chargePerPhaseMaxFemtocoulombs: 20_000_000,
      trainMaxMilliseconds: 1000,
      onTimeMaxPermille: 100,
      pulsesPerDayMax: 100_000,
    });
  });

  test('and other preparations are not bound by the rule of 4 nC', () => {
    expect(limits(10_000_000, [], 'in-vitro-mea').chargePerPhaseMaxFemtocoulombs).toBe(10_000_000);
  });
});

test('a device limits the electrodes that it has, its rates, its currents and its lease', () => {
  const layer = deviceLayer(
    {
      amplitudeMaxNanoamps: 2500,
      chargePerPhaseMaxFemtocoulombs: 1_000_000,
      phaseMaxMicroseconds: 500,
      interphaseMaxMicroseconds: 40,
      rateMaxHz: 33.3336,
      leaseMaxMilliseconds: 80,
      complianceMillivolts: 5000,
      simultaneousElectrodesMax: 2,
      totalRateMaxHz: 90.5,
    },
    [0, 1],
  );
  const { electrodes, total, timing } = combineLimits({ ...benchSources, layers: [listing, layer] });
  expect([...electrodes.keys()]).toEqual([0, 1]);
  expect(electrodes.get(1)!.limits).toMatchObject({
    amplitudeMaxNanoamps: 2500,
    chargePerPhaseMaxFemtocoulombs: 1_000_000,
    phaseMaxMicroseconds: 500,
    interphaseMaxMicroseconds: 40,
    rateMaxMillihertz: 33_333,
  });
  expect(total).toMatchObject({ simultaneousElectrodesMax: 2, rateMaxMillihertz: 90_500 });
  expect(timing.leaseMilliseconds).toBe(80);
});

test('limits in force cannot be changed', () => {
  const { electrodes, total, timing, activity, ...rest } = combineLimits({ ...benchSources, site: listing });
  for (const part of [total, timing, activity, rest, electrodes.get(0), electrodes.get(0)?.limits]) {
    expect(part === rest || Object.isFrozen(part)).toBe(true);
  }
});
