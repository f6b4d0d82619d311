// What a person reads of a site's limits: the summary before signing, and the table beside defaults and ceilings.
import { expect, test } from 'vitest';
import { ceilingOf } from '../../../common/limits/limit-declaration.ts';
import { allLimits } from '../../../common/limits/limits.fixture.ts';
import { siteLimitsOf, standing } from './compare-limits.ts';
import { siteGroup, siteLimits } from './site-file.fixture.ts';
import { siteSummary } from './site-summary.ts';
import { siteTable, siteTableJson } from './site-table.ts';

const micro = siteLimits({
  profile: 'penetrating-micro',
  ...siteGroup({
    electrodes: [0, 1, 2, 5],
    areaSquareMicrometres: 2000,
    material: 'sputtered-iridium-oxide',
    amplitudeMaxMicroamps: 96,
    chargePerPhaseMaxNanocoulombs: 20,
    rateMaxHz: 50,
    shortTrainExtension: true,
    injectionLimitMeasuredMicrocoulombsPerSquareCentimetre: 150,
  }),
});

test('H56: the summary says in physical quantities what is signed', () => {
  expect(siteSummary(micro)).toEqual([
    'Version 3 of lab-mea, for penetrating microelectrodes in an animal, probe EXO-1',
    'By Ada, until the end of 2026-11-26 (UTC). Reason: culture 7',
    'Group 1: electrodes 0–2, 5, sputtered-iridium-oxide, 2000 µm² each, short-train extension',
    '  up to 96 µA, phases of 50 to 400 µs, gap up to 100 µs',
    "  up to 2 nC in each phase, the least of 2 nC (100 µC/cm² on 2000 µm²), 3 nC (sputtered-iridium-oxide, as measured, on 2000 µm²), 20 nC, 25.15 nC (Shannon's k 1.5 on 2000 µm²)",
    '  up to 50 Hz in trains of 1 s at most, on for 10 % of any minute, 100000 pulses a day',
    'All electrodes: up to 8 at once with 200 µA together, 800 Hz, 1400000 pulses a session',
    'Looser than the defaults: amplitudeMaxMicroamps of group 1 is 96 µA, the default 50 µA; ' +
      'chargePerPhaseMaxNanocoulombs of group 1 is 20 nC, the default 2 nC; group 1 has the short-train extension',
  ]);
});

test('a file with the defaults says so', () => {
  expect(siteSummary(siteLimits()).at(-1)).toBe('Nothing is looser than the defaults');
});

test('the table shows every limit of every part with its value, default and ceiling', () => {
  const lines = siteTable(micro);
  expect(lines.filter((line) => /^(Group 1|Total|Timing|Activity)$/.test(line))).toEqual([
    'Group 1',
    'Total',
    'Timing',
    'Activity',
  ]);
  for (const { declaration } of allLimits) {
    const line = lines.find(
      (each) => each.startsWith(`${declaration.label} `) && each.includes(` ${declaration.fileKey} `),
    );
    expect(line, declaration.fileKey).toBeDefined();
  }
  const row = (start: string) =>
    lines
      .find((line) => line.startsWith(start))!
      .split(/ {2,}/)
      .slice(2);
  expect(row('Largest amplitude')).toEqual(['96 µA', '50 µA', '100 µA', 'loosened']);
  expect(row('Largest pulse rate')).toEqual(['50 Hz', '100 Hz', '500 Hz', 'tightened']);
  // Not given, but shortened by the extension.
  expect(row('Largest on-time')).toEqual(['10 %', '25 %', '10 %', 'tightened']);
  expect(row('Longest phase')).toEqual(['400 µs', '400 µs', '1000 µs']);
  expect(lines[2]).toContain('up to 2 nC in each phase');
});

test('the table for programs says the same', () => {
  const json = siteTableJson({ ...micro, signatures: [] }) as {
    sections: { section: string; limits: { key: string; value: number }[]; chargePerPhaseMaxNanocoulombs?: number }[];
  };
  expect(json).toMatchObject({ name: 'lab-mea', version: 3, signatures: [] });
  expect(json.sections.map(({ section }) => section)).toEqual(['group 1', 'total', 'timing', 'activity']);
  expect(json.sections[0]).toMatchObject({ chargePerPhaseMaxNanocoulombs: 2, material: 'sputtered-iridium-oxide' });
  expect(json.sections[0]!.limits.find(({ key }) => key === 'amplitudeMaxMicroamps')).toEqual({
    key: 'amplitudeMaxMicroamps',
    label: 'Largest amplitude',
    unit: 'µA',
    value: 96,
    isGiven: true,
    default: 50,
    ceiling: 100,
    standing: 'loosened',
  });
  expect(json.sections.flatMap(({ limits }) => limits)).toHaveLength(allLimits.length);
  const signatures = [{ signer: 'Ada', publicKey: 'k', signedAt: 't', signature: 's' }];
  expect(siteTableJson({ ...micro, signatures })).toMatchObject({ signatures: [{ signer: 'Ada', signedAt: 't' }] });
});

test('a limit that is not given stands as the default, within its ceiling', () => {
  for (const limit of siteLimitsOf(siteLimits())) {
    expect([limit.isGiven, standing(limit)], limit.name).toEqual([false, 'as the default']);
    expect(limit.value).toBe(limit.declaration.defaults['in-vitro-mea']);
    expect(limit.ceiling).toBe(ceilingOf(limit.declaration, 'in-vitro-mea'));
  }
});
