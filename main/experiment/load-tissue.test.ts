// Experiments on living tissue: site file and limit profile together, and everything that static checks find against their limits.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../common/experiment/diagnostic.ts';
import { limitsOf } from '../../common/limits/limits-of.ts';
import type { SiteLimits } from '../../common/limits/site-file.ts';
import { describeStimuli } from './describe-stimuli.ts';
import { loadExperiment, type LoadedExperiment } from './load-experiment.ts';
import { ada, bob, signedFile, siteGroup, siteLimits, today } from './site/site-file.fixture.ts';
import { enrolKey } from './site/trusted-keys.ts';
import { validate } from './validate.ts';

const fixtures = fileURLToPath(new URL('./fixtures/valid', import.meta.url));
const profiles = fileURLToPath(new URL('../../resources/limit-profiles', import.meta.url));

let folder: string;
let stationFolder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tissue-'));
  stationFolder = join(folder, 'station');
  await cp(fixtures, folder, { recursive: true });
  await cp(profiles, folder, { recursive: true });
  for (const { name, role, publicKey } of [ada, bob]) await enrolKey(stationFolder, { name, role, publicKey });
  await edit(
    'virtual.yaml',
    'limitProfile: limits.yaml',
    'limitProfile: mea.yaml\nsiteFile: site/site.json\nrampSeconds: 10',
  );
  await mkdir(join(folder, 'site'));
  await sign(siteLimits());
});
afterEach(() => rm(folder, { recursive: true }));

async function edit(file: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(join(folder, file), 'utf8');
  expect(text).toMatch(from);
  await writeFile(join(folder, file), text.replace(from, to));
}

const write = (limits: SiteLimits) => writeFile(join(folder, 'site/site.json'), signedFile(limits, ada, bob));
/** The first file that the station sees. */
async function sign(limits: SiteLimits): Promise<void> {
  await rm(join(stationFolder, 'site-versions.json'), { force: true });
  await write(limits);
}

const load = (): Promise<LoadedExperiment> => loadExperiment(join(folder, 'virtual.yaml'), { stationFolder, today });

async function lines(): Promise<string[]> {
  const { diagnostics } = await load();
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic).replaceAll(`${folder}/`, ''));
}

describe('a site file', () => {
  test('comes with the experiment: absolute path, hash, limits and signers', async () => {
    const loaded = await load();
    expect(loaded.diagnostics).toEqual([]);
    if (!loaded.ok) throw new Error('not loaded');
    const { site } = loaded.checked;
    expect(site).toEqual({
      file: join(folder, 'site/site.json'),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      limits: siteLimits(),
      signers: ['Ada', 'Bob'],
    });
    const { electrodes } = limitsOf(loaded.checked, undefined, []);
    expect([...electrodes.keys()]).toEqual([0, 1, 2]);
    // Stimuli are shown against what is in force: the metal carries less than the limit of charge.
    expect(describeStimuli(loaded.checked)[0]?.limitUse).toEqual([
      { limit: 'amplitude', value: 2, bound: 3, unit: 'µA' },
      { limit: 'charge per phase', value: 0.4, bound: 2.121, unit: 'nC' },
      { limit: 'phase', value: 200, bound: 1000, unit: 'µs' },
    ]);
  });

  test('is needed for tissue', async () => {
    await edit('virtual.yaml', 'siteFile: site/site.json\n', '');
    expect(await lines()).toEqual([
      "virtual.yaml:29:15: error: The limit profile is for in-vitro-mea, and no site file allows stimulation there. Add siteFile with a file that a PI has signed: 'exocortex limits new' begins one; or choose a profile for the bench.",
    ]);
  });

  test('is not needed on a bench, and holds where one is named', async () => {
    await edit('virtual.yaml', 'limitProfile: mea.yaml', 'limitProfile: limits.yaml');
    await sign(siteLimits({ profile: 'bench', ...siteGroup({ electrodes: [1, 2], amplitudeMaxMicroamps: 1.8 }) }));
    expect(await lines()).toEqual([
      'virtual.yaml:21:25: error: An amplitude of 2 µA is outside of the limits of electrode 1. Choose amplitudeMicroamps up to 1.8 µA.',
    ]);
  });

  test('of another preparation is refused, with either profile', async () => {
    await sign(siteLimits({ profile: 'bench' }));
    expect(await lines()).toEqual([
      'virtual.yaml:30:11: error: The site file is for bench, the limit profile for in-vitro-mea. Name a site file and a limit profile for the same preparation.',
    ]);
  });

  test('H70: is verified, and each problem stands at its key', async () => {
    await writeFile(join(folder, 'site/site.json'), signedFile(siteLimits({ notAfter: '2026-11-01' })));
    expect(await lines()).toEqual([
      'virtual.yaml:30:11: error: The site file held until 2026-11-01 and today is 2026-11-25. Have the limits looked over and a new version signed.',
      "virtual.yaml:30:11: error: No PI of this station has signed the file. Have it signed with 'exocortex limits sign'.",
    ]);
    await rm(join(folder, 'site/site.json'));
    expect(await lines()).toEqual([
      'virtual.yaml:30:11: error: site/site.json does not exist. Correct the path, or put the file there.',
    ]);
  });

  test('H70: is remembered: an older version, or another of its number, is refused by the next loading', async () => {
    await load();
    await write(siteLimits({ version: 2 }));
    expect(await lines()).toEqual([expect.stringContaining('this station has seen version 3')]);
    await write(siteLimits({ notAfter: '2026-11-30' }));
    expect(await lines()).toEqual([expect.stringContaining('has seen other limits as version 3')]);
  });

  test('is trusted by nobody without a station, and today is the day of the computer where none is given', async () => {
    const { diagnostics } = await loadExperiment(join(folder, 'virtual.yaml'), { today });
    expect(diagnostics.map(({ what }) => what)).toContainEqual(
      expect.stringContaining('a key that this station does not trust'),
    );
    await sign(siteLimits({ notAfter: '1999-12-31' }));
    const { diagnostics: old } = await loadExperiment(join(folder, 'virtual.yaml'), { stationFolder });
    expect(old.map(({ what }) => what)).toContainEqual(
      expect.stringMatching(/^The site file held until 1999-12-31 and today is 20/),
    );
  });

  test('is verified by the command that people run before they arm anything', async () => {
    const printed: string[] = [];
    const print = (line: string) => void printed.push(line);
    const file = join(folder, 'virtual.yaml');
    expect(await validate(file, print, { station: { stationFolder, today } })).toBe(0);
    expect(printed.at(-1)).toContain('is valid: ');
    expect(await validate(file, print)).toBe(1);
    expect(printed.at(-1)).toContain('is not valid');
  });

  test('that is wrong in the experiment’s own line is reported once', async () => {
    await edit('virtual.yaml', 'siteFile: site/site.json', 'siteFile: 3');
    expect(await lines()).toEqual([
      expect.stringContaining('virtual.yaml:30:11: error: siteFile is 3 and should be a text'),
    ]);
  });

  test('that does not hold hides no other mistake, and brings no false ones', async () => {
    await sign(siteLimits({ notAfter: '2026-11-01' }));
    await edit('virtual.yaml', 'amplitudeMicroamps: 2\n', 'amplitudeMicroamps: 3.5\n');
    await edit('mea.yaml', 'amplitudeMaxMicroamps: 3', 'amplitudeMaxMicroamps: 20');
    // 3.5 µA are above the default, which the file might have loosened; 1000 µs are too much charge for the metal of the profile.
    await edit('virtual.yaml', 'phaseMicroseconds: 200', 'phaseMicroseconds: 1000');
    expect(await lines()).toEqual([
      expect.stringContaining(
        'virtual.yaml:21:25: error: The pulse carries 3.5 nC in each phase (3.5 µA × 1000 µs), above the limit of electrode 1, 2.121 nC (titanium-nitride, derated, on 707 µm²)',
      ),
      expect.stringContaining('The site file held until'),
    ]);
  });
});

describe('every shipped profile', () => {
  test.each([
    ['mea.yaml', siteLimits()],
    [
      'penetrating-micro.yaml',
      siteLimits({
        profile: 'penetrating-micro',
        ...siteGroup({ electrodes: [1, 2], areaSquareMicrometres: 2000, material: 'sputtered-iridium-oxide' }),
      }),
    ],
    [
      'animal-macro.yaml',
      siteLimits({
        profile: 'animal-macro',
        ...siteGroup({ electrodes: [1, 2], areaSquareMicrometres: 4_150_000, material: 'platinum' }),
      }),
    ],
  ])('%s holds with a site file of its preparation, without a warning', async (profile, limits) => {
    await edit('virtual.yaml', 'mea.yaml', profile);
    await sign(limits);
    expect(await lines()).toEqual([]);
  });
});

describe('H55: a protocol is held against the limits before anything is armed', () => {
  test('H55: more charge than the electrode’s metal, area or the literature allow', async () => {
    const charge = async (micro: object, phase: number) => {
      await sign(siteLimits(siteGroup({ electrodes: [1, 2], ...micro })));
      await edit('virtual.yaml', /phaseMicroseconds: \d+/, `phaseMicroseconds: ${phase}`);
      return (await lines()).join('\n');
    };
    await edit('mea.yaml', /    areaSquareMicrometres.*\n    material.*\n/, '');
    // 2 µA for 200 µs are 0.4 nC.
    expect(await charge({ areaSquareMicrometres: 707, material: 'platinum' }, 200)).toContain(
      'The pulse carries 0.4 nC in each phase (2 µA × 200 µs), above the limit of electrode 1, 0.10605 nC (platinum, derated, on 707 µm²). Choose amplitudeMicroamps up to 0.53, or a shorter phase.',
    );
    expect(
      await charge(
        { areaSquareMicrometres: 707, material: 'pedot', chargeDensityMaxMicrocoulombsPerSquareCentimetre: 50 },
        200,
      ),
    ).toContain('above the limit of electrode 1, 0.3535 nC (50 µC/cm² on 707 µm²)');
    expect(await charge({ areaSquareMicrometres: 150, material: 'pedot', shannonKMax: 0 }, 1000)).toContain(
      "above the limit of electrode 1, 1.224744 nC (Shannon's k 0 on 150 µm²)",
    );
    expect(
      await charge(
        {
          areaSquareMicrometres: 707,
          material: 'platinum',
          injectionLimitMeasuredMicrocoulombsPerSquareCentimetre: 18,
        },
        200,
      ),
    ).toContain('above the limit of electrode 1, 0.12726 nC (platinum, as measured, on 707 µm²)');
  });

  test('H55: an electrode that the site does not cover', async () => {
    await sign(siteLimits(siteGroup({ electrodes: [2, 3] })));
    expect(await lines()).toEqual([
      'virtual.yaml:20:16: error: The site file does not cover electrode 1, so it may not be stimulated. Choose one of its electrodes (2–3), or have a new version signed.',
    ]);
  });

  test('H55: a dummy load in tissue, and an electrode of the bench whose metal is not known', async () => {
    await edit('mea.yaml', 'material: titanium-nitride', 'material: dummy-load');
    expect(await lines()).toEqual([
      expect.stringMatching(/^mea\.yaml:\d+:15: error: A dummy load is no electrode in tissue/),
    ]);
    await edit('virtual.yaml', 'limitProfile: mea.yaml\nsiteFile: site/site.json', 'limitProfile: limits.yaml');
    await edit('limits.yaml', '    material: dummy-load\n', '');
    expect(await lines()).toEqual([
      'virtual.yaml:20:16: error: Area or material of electrode 1 is not known, so it may not be stimulated: no geometry, no stimulation. Add material to its group in limits.yaml.',
    ]);
  });

  test('H55: a metal that is misspelt is reported once, where it stands', async () => {
    await edit('virtual.yaml', 'limitProfile: mea.yaml\nsiteFile: site/site.json', 'limitProfile: limits.yaml');
    await edit('limits.yaml', 'material: dummy-load', 'material: dumy-load');
    expect(await lines()).toEqual([
      expect.stringMatching(/^limits\.yaml:8:15: error: material is "dumy-load"\. Did you mean dummy-load/),
    ]);
  });

  test('H55: a current that is above the limit over all electrodes', async () => {
    await sign(siteLimits({ total: { currentMaxMicroamps: 1.8 } }));
    expect(await lines()).toEqual([
      'virtual.yaml:21:25: error: An amplitude of 2 µA is above the limit over all electrodes at once, 1.8 µA. Choose amplitudeMicroamps up to 1.8.',
    ]);
  });

  test('H55: values beyond the ceiling of the preparation, and values without effect', async () => {
    await edit('mea.yaml', 'amplitudeMaxMicroamps: 3', 'amplitudeMaxMicroamps: 120');
    await edit('mea.yaml', 'lateTicksWindow: 100', 'lateTicksWindow: 90');
    await edit('mea.yaml', 'simultaneousElectrodesMax: 16', 'simultaneousElectrodesMax: 17');
    await edit('mea.yaml', 'leaseMilliseconds: 100', 'leaseMilliseconds: 110');
    expect(await lines()).toEqual([
      expect.stringMatching(
        /^mea\.yaml:\d+:28: error: Largest amplitude \(amplitudeMaxMicroamps\) is 120 µA, beyond the ceiling for in-vitro-mea, 100 µA\. Choose amplitudeMaxMicroamps up to 100 µA: no file and no signature goes beyond\.$/,
      ) as string,
      expect.stringContaining('(simultaneousElectrodesMax) is 17, outside of 0 to 16') as string,
      expect.stringMatching(
        /lateTicksWindow\) is 90, beyond the ceiling for in-vitro-mea, 100\. Choose lateTicksWindow from 100 on: no file/,
      ) as string,
      expect.stringMatching(
        /^mea\.yaml:\d+:22: warning: leaseMilliseconds has no effect: 100 ms holds without it, and a limit profile only tightens\. Write 100 ms or a tighter number; only a signed site file loosens\.$/,
      ) as string,
    ]);
    await sign(siteLimits({ timing: { leaseMilliseconds: 105 } }));
    expect((await lines()).at(-1)).toContain('leaseMilliseconds has no effect: 105 ms holds without it');
    await sign(siteLimits({ timing: { leaseMilliseconds: 120 } }));
    expect((await lines()).at(-1)).not.toContain('leaseMilliseconds');
  });

  test('H55: a deadline later than the limits of time allow', async () => {
    const deadline = async (milliseconds: number, timing: object) => {
      await edit('virtual.yaml', /deadlineMilliseconds: [\d.]+/, `deadlineMilliseconds: ${milliseconds}`);
      await sign(siteLimits({ timing }));
      return (await lines()).join('\n');
    };
    expect(await deadline(5, {})).toBe('');
    expect(await deadline(5.5, {})).toBe(
      'virtual.yaml:8:23: error: The deadline of 5.5 ms is later than the limits allow, 5 ms. Choose deadlineMilliseconds up to 5.',
    );
    expect(await deadline(5, { dataAgeMaxMilliseconds: 4 })).toContain(
      'is later than the limits let data stimulate, 4 ms',
    );
    expect(await deadline(5, { dataAgeToTripMilliseconds: 3 })).toContain(
      'is later than data may be without a trip, 3 ms',
    );
  });

  test('H55: an amplitude without a ramp, or with one that is too steep', async () => {
    await edit('virtual.yaml', 'rampSeconds: 10\n', '');
    const bounds = 'electrode 1 may rise by 0.3 µA from one pulse to the next and by 0.6 µA per second';
    expect((await lines())[0]).toBe(
      `virtual.yaml:21:25: error: A sudden beginning with 2 µA is too steep: ${bounds}. Add rampSeconds: 3.1 to the experiment, or choose amplitudeMicroamps up to 0.3.`,
    );
    await edit('virtual.yaml', 'siteFile:', 'rampSeconds: 3\nsiteFile:');
    expect(await lines()).toEqual([
      `virtual.yaml:30:14: error: A ramp of 3 s to 2 µA is too steep at 10 pulses per second: ${bounds}. Choose rampSeconds from 3.1 on.`,
    ]);
    await edit('virtual.yaml', 'rampSeconds: 3\n', 'rampSeconds: 3.1\n');
    expect(await lines()).toEqual([]);
  });

  test('H55: an amplitude that no ramp leads to', async () => {
    await sign(siteLimits(siteGroup({ electrodes: [1, 2], amplitudeStepMaxPercent: 5 })));
    expect(await lines()).toEqual([
      'virtual.yaml:21:25: error: No ramp leads to 2 µA at 10 pulses per second: electrode 1 may rise by 0.15 µA from one pulse to the next and by 0.6 µA per second. Choose a lower rate (holdOffMilliseconds), or amplitudeMicroamps up to 0.15.',
    ]);
  });

  test('H55: an electrode that may not be given any pulse gets no advice on ramps', async () => {
    await sign(siteLimits(siteGroup({ electrodes: [1, 2], rateMaxHz: 0 })));
    expect((await lines()).every((line) => line.includes('whose limit is 0 Hz'))).toBe(true);
  });

  test('H55: readouts that may ask for a train without end, or for more than a session’s, a day’s pulses or charge', async () => {
    await edit('network.yaml', 'holdOffMilliseconds: 100', 'holdOffMilliseconds: 50');
    await edit('virtual.yaml', '    seconds: 10\n', '    seconds: 86400\n');
    await sign(
      siteLimits({
        ...siteGroup({ electrodes: [1, 2], pulsesPerDayMax: 1_000_000, chargePerDayMaxMicrocoulombs: 600 }),
        total: { pulsesPerSessionMax: 100_000 },
      }),
    );
    expect(await lines()).toEqual([
      expect.stringMatching(
        /^network\.yaml:\d+:1: warning: The readouts may ask electrode 1 for 20 pulses per second without end: pulses less than 100 ms apart are one train, and a train ends after 1 s\. Choose holdOffMilliseconds from 100 on, or a network that pauses\.$/,
      ) as string,
      expect.stringContaining(
        'warning: The readouts may ask electrode 1 for 1728000 pulses in these phases, but its limit is 1000000 in 24 h',
      ) as string,
      expect.stringContaining(
        'warning: The readouts may ask electrode 1 for 691 µC in these phases, but its limit is 600 µC in 24 h',
      ) as string,
      expect.stringContaining(
        'warning: The readouts may ask for 2592000 pulses in these phases, but the limit of a session is 100000',
      ) as string,
    ]);
  });
});
