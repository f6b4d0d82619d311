// Files of limits become layers of whole units.
import { expect, test } from 'vitest';
import { fileLayer } from './file-layer.ts';
import { givenLimits } from './given-limits.ts';
import { electrodeLimits } from './electrode-limits.ts';

test('the groups of a file are told electrode by electrode, in whole units', () => {
  const layer = fileLayer({
    electrodeGroups: [
      {
        electrodes: [4, 2],
        areaSquareMicrometres: 706.9,
        material: 'platinum',
        ...{ amplitudeMaxMicroamps: 2.5, shannonKMax: 1.55 },
      },
      {
        electrodes: [7],
        areaSquareMicrometres: 100,
        material: 'pedot',
        injectionLimitMeasuredMicrocoulombsPerSquareCentimetre: 18,
      },
      { electrodes: [8], areaSquareMicrometres: 100 },
      { electrodes: [9], material: 'pedot' },
    ],
    total: { rateMaxHz: 12.5 },
    timing: { dataAgeMaxMilliseconds: 2.5, presenceMaxMinutes: 2 },
  });
  expect(layer.electrodes).toEqual(
    new Map([
      [4, { amplitudeMaxNanoamps: 2500, shannonMaxMilli: 1550 }],
      [2, { amplitudeMaxNanoamps: 2500, shannonMaxMilli: 1550 }],
      [7, {}],
      [8, {}],
      [9, {}],
    ]),
  );
  expect(layer.total).toEqual({ rateMaxMillihertz: 12_500 });
  expect(layer.timing).toEqual({ dataAgeMaxMicroseconds: 2500, presenceMaxSeconds: 120 });
  expect(layer.geometry).toEqual(
    new Map([
      [4, { areaSquareMicrometres: 706, material: 'platinum' }],
      [2, { areaSquareMicrometres: 706, material: 'platinum' }],
      [7, { areaSquareMicrometres: 100, material: 'pedot', measuredInjectionLimit: 180 }],
    ]),
  );
});

test('a file without limits of all electrodes and of time leaves both as they are', () => {
  expect(fileLayer({ electrodeGroups: [] })).toEqual({
    electrodes: new Map(),
    total: {},
    timing: {},
    activity: {},
    geometry: new Map(),
  });
});

test('a limit is known by its key, in the order of the table; other keys and texts are passed over', () => {
  const given = givenLimits(electrodeLimits, {
    rateMaxHz: 3,
    amplitudeMaxMicroamps: 1,
    electrodes: [1],
    phaseMaxMicroseconds: '7',
  });
  expect(given.map(({ name, value }) => [name, value])).toEqual([
    ['amplitudeMaxNanoamps', 1],
    ['rateMaxMillihertz', 3],
  ]);
});
