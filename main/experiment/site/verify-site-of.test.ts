// The site file of an experiment as the station reads it: when it is loaded, and once more at the moment of arming.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CheckedSite } from '../../../common/experiment/checked-experiment.ts';
import type { LimitProfile } from '../../../common/experiment/limit-profile.ts';
import { acceptSiteFile, readSiteFile } from './read-site-file.ts';
import { ada, signedFile, siteLimits, today } from './site-file.fixture.ts';
import { readSiteVersions } from './site-versions.ts';
import { enrolKey } from './trusted-keys.ts';
import { verifySiteOf } from './verify-site-of.ts';

let folder: string;
let stationFolder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-'));
  stationFolder = join(folder, 'station');
  file = join(folder, 'site.json');
  await writeFile(file, signedFile(siteLimits(), ada));
  await enrolKey(stationFolder, { name: ada.name, role: ada.role, publicKey: ada.publicKey });
});
afterEach(() => rm(folder, { recursive: true }));

async function newest(): Promise<number | undefined> {
  const read = await readSiteVersions(stationFolder);
  if ('problem' in read) throw new Error('the versions cannot be read');
  return read.versions.newestOf(siteLimits())?.version;
}

describe('a site file', () => {
  test('is verified against the station: its keys, its versions and the day', async () => {
    expect(await readSiteFile(file, { stationFolder, today })).toMatchObject({ ok: true, signers: ['Ada'] });
    expect(await readSiteFile(file, { stationFolder: undefined, today })).toMatchObject({
      problems: [{ code: 'untrusted' }, {}],
    });
    expect(await readSiteFile(file, { stationFolder: folder, today })).toMatchObject({
      problems: [{ code: 'untrusted' }, {}],
    });
    expect(await readSiteFile(file, { stationFolder, today: '2027-01-01' })).toMatchObject({
      problems: [{ code: 'expired' }],
    });
    expect(await readSiteFile(file, { stationFolder, today, probeSerial: 'X' })).toMatchObject({
      problems: [{ code: 'foreign-probe' }],
    });
  });

  test('that is only read is not remembered; one that is accepted is, and an older one is refused from then on', async () => {
    await readSiteFile(file, { stationFolder, today });
    expect(await newest()).toBeUndefined();
    expect(await acceptSiteFile(file, { stationFolder, today })).toMatchObject({ ok: true });
    expect(await newest()).toBe(3);
    await writeFile(file, signedFile(siteLimits({ version: 2 }), ada));
    expect(await acceptSiteFile(file, { stationFolder, today })).toMatchObject({
      problems: [{ code: 'older-version' }],
    });
    expect(await acceptSiteFile(file, { stationFolder: undefined, today })).toMatchObject({ ok: false });
  });

  test('that is not valid is not remembered', async () => {
    await writeFile(file, signedFile(siteLimits({ version: 9 })));
    await acceptSiteFile(file, { stationFolder, today });
    expect(await newest()).toBeUndefined();
  });

  test('that cannot be read says why', async () => {
    expect(await readSiteFile(join(folder, 'sit.json'), { stationFolder, today })).toMatchObject({
      problems: [
        { code: 'unreadable', what: `${join(folder, 'sit.json')} does not exist`, cure: 'Did you mean site.json?' },
      ],
    });
    expect(await readSiteFile(folder, { stationFolder, today })).toMatchObject({
      problems: [{ what: `${folder} is a folder` }],
    });
    await writeFile(file, new Uint8Array(10_000_001));
    expect(await readSiteFile(file, { stationFolder, today })).toMatchObject({
      problems: [{ code: 'unreadable', what: `${file} is too large for a site file` }],
    });
  });

  test.each(['trusted-keys.json', 'site-versions.json'])(
    'is not believed on a station whose %s is damaged',
    async (name) => {
      await writeFile(join(stationFolder, name), '{');
      expect(await acceptSiteFile(file, { stationFolder, today })).toMatchObject({ problems: [{ code: 'station' }] });
    },
  );

  test('that cannot be remembered is not accepted', async () => {
    const noFolder = join(folder, 'a-file');
    await writeFile(noFolder, '');
    // Nothing can be read there either, so the first problem is that.
    expect(await acceptSiteFile(file, { stationFolder: join(noFolder, 'station'), today })).toMatchObject({
      problems: [{ code: 'station' }],
    });
  });
});

describe('at the moment of arming', () => {
  const bench = { limits: { preparation: 'bench' } as LimitProfile };
  const mea = { limits: { preparation: 'in-vitro-mea' } as LimitProfile };

  async function loaded(): Promise<{ site: CheckedSite; limits: LimitProfile }> {
    const verdict = await acceptSiteFile(file, { stationFolder, today });
    if (!verdict.ok) throw new Error('not valid');
    const { limits, sha256, signers } = verdict;
    return { ...mea, site: { file, sha256, limits, signers } };
  }

  test('a bench needs no site file, tissue does', async () => {
    expect(await verifySiteOf(bench, stationFolder, today)).toBeUndefined();
    expect(await verifySiteOf(mea, stationFolder, today)).toBe(
      'The experiment names no site file. Add siteFile to it, and connect again',
    );
  });

  test('the file is as it was', async () => {
    const checked = await loaded();
    expect(await verifySiteOf(checked, stationFolder, today)).toBeUndefined();
    expect(await verifySiteOf(checked, stationFolder, today, 'EXO-1')).toBeUndefined();
  });

  test('H70: a byte has changed since it was loaded', async () => {
    const checked = await loaded();
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('culture 7', 'culture 8'));
    expect(await verifySiteOf(checked, stationFolder, today)).toContain('The signature of Ada does not fit the file');
  });

  test('H70: it has expired meanwhile, and every problem is told', async () => {
    const checked = await loaded();
    expect(await verifySiteOf(checked, stationFolder, '2026-11-27', 'X')).toBe(
      'The site file held until 2026-11-26 and today is 2026-11-27. Have the limits looked over and a new version signed. ' +
        'The site file is for the probe EXO-1, and X is connected. Connect that probe, or use the site file of this one',
    );
  });

  test('H70: a newer version has been seen meanwhile', async () => {
    const checked = await loaded();
    const newer = join(folder, 'newer.json');
    await writeFile(newer, signedFile(siteLimits({ version: 4 }), ada));
    await acceptSiteFile(newer, { stationFolder, today });
    expect(await verifySiteOf(checked, stationFolder, today)).toContain('this station has seen version 4');
  });

  test('H70: it was replaced by another valid version', async () => {
    const checked = await loaded();
    await writeFile(file, signedFile(siteLimits({ version: 4 }), ada));
    expect(await verifySiteOf(checked, stationFolder, today)).toBe(
      `${file} was replaced since the experiment was connected. Connect again`,
    );
  });

  test('H70: it is gone, or its signer is no longer trusted', async () => {
    const checked = await loaded();
    await rm(join(stationFolder, 'trusted-keys.json'));
    expect(await verifySiteOf(checked, stationFolder, today)).toContain('does not trust');
    await rm(file);
    expect(await verifySiteOf(checked, stationFolder, today)).toContain('does not exist');
  });
});
