// The limits in force of an experiment: its layers, and how two results compare.
import { describe, expect, test } from 'vitest';
import { experimentSchema } from '../experiment/experiment.ts';
import { stimulatorSchema } from '../experiment/stimulator.ts';
import { limitProfileSchema } from '../experiment/limit-profile.ts';
import { combineLimits } from './combine-limits.ts';
import { isAtLeastAsTight, toWholeUnits } from './limit-declaration.ts';
import { allLimits, benchSources, listing } from './limits.fixture.ts';
import type { LimitsInForce } from './limits-in-force.ts';
import {
  type DeviceShape,
  isTighterOrEqual,
  type LimitedExperiment,
  limitsOf,
  shortTrainElectrodes,
} from './limits-of.ts';
import type { ProfileName } from './profile-name.ts';
import { type SiteLimits, siteLimitsSchema } from './site-file.ts';

const device: DeviceShape = {
  limits: {
    amplitudeMaxNanoamps: 20_000,
    chargePerPhaseMaxFemtocoulombs: 20_000_000,
    phaseMaxMicroseconds: 1000,
    interphaseMaxMicroseconds: 100,
    rateMaxHz: 500,
    leaseMaxMilliseconds: 500,
    complianceMillivolts: 9000,
    simultaneousElectrodesMax: 16,
    totalRateMaxHz: 3200,
  },
  channels: 9,
  electrodePitchMicrometres: 200,
};

function site(profile: ProfileName, more: object = {}): SiteLimits {
  return siteLimitsSchema.parse({
    exocortex: 'site-limits/1',
    name: 'site',
    profile,
    probeSerial: 'P1',
    version: 1,
    author: 'A',
    reason: 'R',
    notAfter: '2027-01-01',
    electrodeGroups: [
      { electrodes: [1, 2], areaSquareMicrometres: 707, material: 'titanium-nitride', amplitudeMaxMicroamps: 15 },
    ],
    ...more,
  });
}

function checked(preparation: ProfileName, limits?: SiteLimits): LimitedExperiment {
  return {
    experiment: experimentSchema.parse({
      exocortex: 'experiment/1',
      name: 'e',
      title: 'E',
      description: 'E',
      seed: 1,
      deadlineMilliseconds: 5,
      source: { kind: 'virtual', channels: 16, sampleRateHz: 20_000 },
      detection: {},
      network: 'n',
      stimuli: [],
      limitProfile: 'l',
      phases: [{ name: 'p', seconds: 1, stimulation: true }],
    }),
    limits: limitProfileSchema.parse({
      exocortex: 'limit-profile/1',
      name: 'profile',
      title: 'P',
      preparation,
      electrodeGroups: [
        {
          electrodes: [2, 3, 10],
          areaSquareMicrometres: 707,
          material: preparation === 'bench' ? 'dummy-load' : 'platinum',
          amplitudeMaxMicroamps: 12,
          phaseMinMicroseconds: 20,
          phaseMaxMicroseconds: 400,
          interphaseMaxMicroseconds: 100,
          chargePerPhaseMaxNanocoulombs: 2,
          rateMaxHz: 20,
        },
      ],
      total: { rateMaxHz: 100, pulsesPerSessionMax: 1000 },
      timing: {
        dataAgeMaxMilliseconds: 10,
        lateTicksToTrip: 3,
        lateTicksWindow: 100,
        dataAgeToTripMilliseconds: 10,
        leaseMilliseconds: 100,
        beatMaxMilliseconds: 50,
        refusalsInTenSecondsToTrip: 10,
        gapToTripMilliseconds: 10,
      },
    }),
    ...(limits === undefined ? {} : { site: { file: '/s.json', sha256: '', signers: [], limits } }),
  };
}

describe('the limits in force of an experiment', () => {
  test('are the tightest of site, device, profile and session, on the electrodes that all of them name', () => {
    const session = { ...listing, electrodes: undefined, total: { rateMaxMillihertz: 7000 } };
    const limits = limitsOf(checked('in-vitro-mea', site('in-vitro-mea')), device, [session]);
    expect(limits).toMatchObject({ profile: 'in-vitro-mea', name: 'profile', gridColumns: 3, pitchMicrometres: 200 });
    expect([...limits.electrodes.keys()]).toEqual([2]);
    expect(limits.electrodes.get(2)).toMatchObject({
      limits: { amplitudeMaxNanoamps: 12_000, phaseMaxMicroseconds: 400, rateMaxMillihertz: 20_000 },
      geometry: { material: 'platinum' },
    });
    expect(limits.total.rateMaxMillihertz).toBe(7000);
  });

  test('are of those electrodes that a stimulator beside the source is wired to, with a device and without', () => {
    const beside = checked('bench');
    beside.experiment.stimulator = stimulatorSchema.parse({
      kind: 'hid-rig',
      serialNumber: 'rig-1',
      electrodes: [
        { output: 0, electrode: 3 },
        { output: 1, electrode: 12 },
      ],
      sync: { output: 0, channel: 'DIGITAL-IN-01' },
    });
    // The profile names 2, 3 and 10.
    expect([...limitsOf(beside, undefined, []).electrodes.keys()]).toEqual([3]);
    const own = limitsOf(beside, { ...device, channels: 16 }, []).electrodes;
    expect([...own.keys()]).toEqual([3]);
    expect(own.get(3)!.limits.rateMaxMillihertz).toBe(20_000);
  });

  test('are known without a device, as far as files tell', () => {
    const limits = limitsOf(checked('bench'), undefined, []);
    expect(limits).toMatchObject({ gridColumns: 4, pitchMicrometres: undefined });
    expect([...limits.electrodes.keys()]).toEqual([2, 3, 10]);
  });

  test('of a bench need no site file; one that is named holds', () => {
    expect([...limitsOf(checked('bench'), device, []).electrodes.keys()]).toEqual([2, 3]);
    expect([...limitsOf(checked('bench', site('bench')), device, []).electrodes.keys()]).toEqual([2]);
  });

  test.each(['in-vitro-mea', 'penetrating-micro', 'animal-macro'] as const)(
    'of %s allow nothing without a site file for it',
    (preparation) => {
      expect(limitsOf(checked(preparation), device, []).electrodes.size).toBe(0);
      expect(limitsOf(checked(preparation, site('bench')), device, []).electrodes.size).toBe(0);
      expect(limitsOf(checked(preparation, site(preparation)), device, []).electrodes.size).toBe(1);
    },
  );

  test('take the closer of two pitches, because neighbours share their charge', () => {
    const pitch = (ofSite: number | undefined, ofDevice: number | null | undefined) =>
      limitsOf(
        checked('bench', site('bench', ofSite === undefined ? {} : { pitchMicrometres: ofSite })),
        ofDevice === undefined ? undefined : { ...device, electrodePitchMicrometres: ofDevice },
        [],
      ).pitchMicrometres;
    expect([pitch(100, 200), pitch(300, 200), pitch(undefined, 200), pitch(300, null)]).toEqual([100, 200, 200, 300]);
    expect([pitch(undefined, null), pitch(undefined, undefined), pitch(300, undefined)]).toEqual([
      undefined,
      undefined,
      300,
    ]);
  });

  test('know the electrodes under the short-train extension', () => {
    const groups = [
      { electrodes: [1, 2], areaSquareMicrometres: 2000, material: 'platinum', shortTrainExtension: true },
      { electrodes: [3], areaSquareMicrometres: 2000, material: 'platinum', shortTrainExtension: false },
      { electrodes: [4], areaSquareMicrometres: 2000, material: 'platinum' },
    ];
    expect(shortTrainElectrodes(site('penetrating-micro', { electrodeGroups: groups }))).toEqual(new Set([1, 2]));
    expect(shortTrainElectrodes(undefined)).toEqual(new Set());
  });
});

describe('of two results one is tighter when it lets nothing through that the other refuses', () => {
  const geometry = new Map(
    [0, 1, 2].map((each) => [each, { areaSquareMicrometres: 707, material: 'dummy-load' } as const]),
  );
  const limits = combineLimits({ ...benchSources, layers: [{ ...listing, geometry }] });

  test('a result is as tight as itself', () => {
    expect(isTighterOrEqual(limits, limits)).toBe(true);
  });

  test.each(allLimits)('$section $name', ({ section, name, declaration }) => {
    const step = declaration.sense === 'max' ? -1 : 1;
    const inForce = new Map<string, number>(
      Object.entries(section === 'electrode' ? limits.electrodes.get(1)!.limits : limits[section]),
    );
    const own = { [name]: inForce.get(name)! + step };
    const tighter: LimitsInForce =
      section === 'electrode'
        ? {
            ...limits,
            electrodes: new Map(limits.electrodes).set(1, {
              ...limits.electrodes.get(1)!,
              limits: { ...limits.electrodes.get(1)!.limits, ...own },
            }),
          }
        : { ...limits, [section]: { ...limits[section], ...own } };
    expect([isTighterOrEqual(tighter, limits), isTighterOrEqual(limits, tighter)]).toEqual([true, false]);
    expect(isAtLeastAsTight(declaration, own[name]!, toWholeUnits(declaration, declaration.defaults.bench))).toBe(true);
  });

  test.each(['shannonMaxFemtocoulombs', 'densityMaxFemtocoulombs', 'injectionMaxFemtocoulombs'] as const)(
    '%s',
    (name) => {
      const electrodes = new Map(limits.electrodes);
      electrodes.set(1, { ...electrodes.get(1)!, [name]: electrodes.get(1)![name] - 1 });
      const tighter = { ...limits, electrodes };
      expect([isTighterOrEqual(tighter, limits), isTighterOrEqual(limits, tighter)]).toEqual([true, false]);
    },
  );

  test('fewer electrodes are tighter', () => {
    const electrodes = new Map([...limits.electrodes].filter(([electrode]) => electrode !== 1));
    expect(isTighterOrEqual({ ...limits, electrodes }, limits)).toBe(true);
    expect(isTighterOrEqual(limits, { ...limits, electrodes })).toBe(false);
  });

  test('more neighbours are tighter, and on another grid they are others', () => {
    const pitch = (pitchMicrometres: number | undefined) => ({ ...limits, pitchMicrometres });
    expect([isTighterOrEqual(pitch(50), pitch(100)), isTighterOrEqual(pitch(100), pitch(50))]).toEqual([true, false]);
    expect([isTighterOrEqual(pitch(undefined), pitch(100)), isTighterOrEqual(pitch(100), pitch(undefined))]).toEqual([
      true,
      false,
    ]);
    expect(isTighterOrEqual({ ...limits, gridColumns: 3 }, limits)).toBe(false);
  });
});
