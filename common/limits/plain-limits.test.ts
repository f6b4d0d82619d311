// The plain form of limits: equal limits have equal bytes, and every number is in it under a name with its unit.
import canonicalize from 'canonicalize';
import { expect, test } from 'vitest';
import { combineLimits } from './combine-limits.ts';
import { benchSources, listing, limitTables } from './limits.fixture.ts';
import { plainLimits } from './plain-limits.ts';

const metal = { areaSquareMicrometres: 707, material: 'dummy-load' } as const;
const limits = combineLimits({
  ...benchSources,
  layers: [
    {
      ...listing,
      electrodes: new Map(
        [2, 0, 1].map((electrode) => [electrode, electrode === 1 ? { amplitudeMaxNanoamps: 5 } : {}]),
      ),
      geometry: new Map([
        [0, metal],
        [2, metal],
      ]),
    },
  ],
});

test('electrodes with equal limits stand together, in their order', () => {
  const plain = plainLimits(limits);
  expect(plain.electrodes.map(({ electrodes }) => electrodes)).toEqual([[0, 2], [1]]);
  expect(plain.electrodes[0]?.limits).toMatchObject({
    areaSquareMicrometres: 707,
    material: 'dummy-load',
    densityMaxFemtocoulombs: 70_700_000,
    injectionMaxFemtocoulombs: 212_100_000,
    shannonMaxFemtocoulombs: 14_952_358,
    limits: { amplitudeMaxNanoamps: 100_000 },
  });
  expect(plain.electrodes[1]?.limits).toMatchObject({
    areaSquareMicrometres: 0,
    material: 'unknown',
    limits: { amplitudeMaxNanoamps: 5 },
  });
});

test('everything that is in force is in it', () => {
  const plain = plainLimits(limits);
  expect(plain).toMatchObject({ profile: 'bench', name: 'test', gridColumns: 2, pitchMicrometres: 100 });
  expect(plain.total).toEqual(limits.total);
  expect(plain.timing).toEqual(limits.timing);
  expect(plain.activity).toEqual(limits.activity);
  for (const name of Object.keys(limitTables.electrode))
    expect(JSON.stringify(plain.electrodes)).toContain(`"${name}":`);
  expect(plainLimits({ ...limits, pitchMicrometres: undefined }).pitchMicrometres).toBeNull();
});

test('its JSON is canonical by RFC 8785 and does not depend on the order in which electrodes were listed', () => {
  const text = JSON.stringify(plainLimits(limits));
  expect(text).toBe(canonicalize(plainLimits(limits)));
  const turned = { ...limits, electrodes: new Map([...limits.electrodes].reverse()) };
  expect(JSON.stringify(plainLimits(turned))).toBe(text);
});
