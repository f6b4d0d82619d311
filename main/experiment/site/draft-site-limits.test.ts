// New site files and their next versions, from what a person writes on the command line.
import { expect, test } from 'vitest';
import type { SiteLimits } from '../../../common/limits/site-file.ts';
import { draftSiteLimits, type SiteDraft } from './draft-site-limits.ts';
import { siteLimits } from './site-file.fixture.ts';

const first: SiteDraft = {
  profile: 'in-vitro-mea',
  probeSerial: 'EXO-1',
  name: 'lab-mea',
  author: 'Ada',
  reason: 'culture 7',
  notAfter: '2026-11-26',
  electrodes: [0, 1, 2],
  areaSquareMicrometres: 707,
  material: 'titanium-nitride',
  set: [],
};

function limitsOf(draft: SiteDraft, earlier?: SiteLimits): SiteLimits {
  const made = draftSiteLimits(draft, earlier);
  if ('problems' in made) throw new Error(JSON.stringify(made.problems));
  return made.limits;
}

function problemsOf(draft: SiteDraft, earlier?: SiteLimits): string[] {
  const made = draftSiteLimits(draft, earlier);
  return 'problems' in made ? made.problems.map(({ what, cure }) => `${what}. ${cure}`) : [];
}

test('a first version has the number 1 and what is given', () => {
  expect(limitsOf(first)).toEqual(siteLimits({ version: 1 }));
});

test('limits are set by their keys: of the group, of all electrodes, of time, and of the whole file', () => {
  const set = [
    'amplitudeMaxMicroamps=2.5',
    'shortTrainExtension=false',
    ' injectionLimitMeasuredMicrocoulombsPerSquareCentimetre = 72 ',
    'total.rateMaxHz=100',
    'timing.leaseMilliseconds=080',
    'activity.elevatedAboveSigmas=4.5',
    'pitchMicrometres=200',
  ];
  const { electrodeGroups, total, timing, activity, pitchMicrometres } = limitsOf({ ...first, set });
  expect(electrodeGroups[0]).toMatchObject({
    amplitudeMaxMicroamps: 2.5,
    shortTrainExtension: false,
    injectionLimitMeasuredMicrocoulombsPerSquareCentimetre: 72,
  });
  expect([total, timing, activity, pitchMicrometres]).toEqual([
    { rateMaxHz: 100 },
    { leaseMilliseconds: 80 },
    { elevatedAboveSigmas: 4.5 },
    200,
  ]);
});

test('the next version counts up, and what is not given stays', () => {
  const earlier = siteLimits({ total: { rateMaxHz: 50 }, pitchMicrometres: 100 });
  const set = ['amplitudeMaxMicroamps=2', 'total.pulsesPerSessionMax=10'];
  const next = limitsOf({ reason: 'narrower', notAfter: '2027-01-01', areaSquareMicrometres: 300, set }, earlier);
  expect(next).toEqual({
    ...earlier,
    version: 4,
    reason: 'narrower',
    notAfter: '2027-01-01',
    total: { rateMaxHz: 50, pulsesPerSessionMax: 10 },
    electrodeGroups: [{ ...earlier.electrodeGroups[0], areaSquareMicrometres: 300, amplitudeMaxMicroamps: 2 }],
  });
});

test('electrodes that are given make a group of their own and leave the others', () => {
  const group = {
    electrodes: [1, 7],
    areaSquareMicrometres: 100,
    material: 'platinum',
    set: ['amplitudeMaxMicroamps=1'],
  };
  const next = limitsOf(group, siteLimits());
  expect(next.electrodeGroups).toEqual([
    { ...siteLimits().electrodeGroups[0], electrodes: [0, 2] },
    { electrodes: [1, 7], areaSquareMicrometres: 100, material: 'platinum', amplitudeMaxMicroamps: 1 },
  ]);
  expect(limitsOf({ ...group, electrodes: [0, 1, 2] }, siteLimits()).electrodeGroups).toHaveLength(1);
});

test('what is no assignment of a known limit is refused with what was meant', () => {
  expect(problemsOf({ ...first, set: ['amplitudeMaxMicroamp=3', 'rate=1', 'x'] })).toEqual([
    "'amplitudeMaxMicroamp=3' sets no limit that is known. Did you mean amplitudeMaxMicroamps?",
    "'rate=1' sets no limit that is known. 'exocortex limits show' lists the keys",
    "'x' sets no limit that is known. 'exocortex limits show' lists the keys",
  ]);
});

test.each(['', '-1', '80 µA', '80µA', '1e3', '0x10', 'NaN', 'Infinity', '1,5', 'yes'])(
  'H56: %j is no number of a limit: a unit, a sign or another writing is refused, not guessed',
  (value) => {
    expect(problemsOf({ ...first, set: [`amplitudeMaxMicroamps=${value}`] })).toEqual([
      `'amplitudeMaxMicroamps=${value}' gives amplitudeMaxMicroamps no number. Write key=value with a plain number, in the unit that the key ends with`,
    ]);
  },
);

test('limits that nobody could sign are not written at all', () => {
  expect(problemsOf({ ...first, set: ['amplitudeMaxMicroamps=101'] })[0]).toContain('above what any signature allows');
  expect(problemsOf({ ...first, set: ['amplitudeMaxMicroamps=4000'] })[0]).toMatch(
    /^electrodeGroups\[0\]\.amplitudeMaxMicroamps: /,
  );
  expect(problemsOf({ ...first, notAfter: 'tomorrow' })[0]).toMatch(/^notAfter: .* Correct the option that gives it$/);
  for (const hidden of ['a\u001b[2J', 'a\nb', 'a\u202eb']) {
    expect(problemsOf({ ...first, reason: hidden })[0]).toMatch(/^reason: text without control characters/);
  }
  expect(problemsOf({ ...first, material: 'gold' })[0]).toMatch(/^electrodeGroups\[0\]\.material: /);
  expect(problemsOf({ set: [] })).not.toEqual([]);
});
