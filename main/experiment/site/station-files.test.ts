// What a station keeps of site files: keys that it trusts and versions that it has seen.
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ada, bob } from './site-file.fixture.ts';
import { readSiteVersions, rememberSiteVersion, SiteVersions } from './site-versions.ts';
import { errorCode, readStationFile, writeAtomically } from './station-file.ts';
import { enrolKey, readTrustedKeys, type TrustedKey } from './trusted-keys.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'station-')), 'station');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const keyOf = ({ name, role, publicKey }: typeof ada): TrustedKey => ({ name, role, publicKey });

describe('a file of the station', () => {
  test('that is not there is empty; a damaged one is not taken for empty', async () => {
    const file = join(folder, 'a.json');
    expect(await readStationFile(file, z.array(z.number()))).toEqual({ content: undefined });
    await writeAtomically(file, '[1, 2]');
    expect(await readStationFile(file, z.array(z.number()))).toEqual({ content: [1, 2] });
    for (const text of ['[1, 2', '["a"]', '']) {
      await writeFile(file, text);
      expect(await readStationFile(file, z.array(z.number()))).toMatchObject({
        problem: { code: 'station', what: `${file} is damaged` },
      });
    }
    expect(await readStationFile(folder, z.array(z.number()))).toMatchObject({
      problem: { code: 'station', what: `${folder} cannot be read (EISDIR)` },
    });
  });

  test('is replaced in one step, with the rights that are asked for, and nothing else is left', async () => {
    const file = join(folder, 'a.json');
    await writeAtomically(file, 'first', 0o600);
    await writeAtomically(file, 'second', 0o600);
    expect(await readFile(file, 'utf8')).toBe('second');
    expect(await readdir(folder)).toEqual(['a.json']);
    expect((await stat(file)).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
  });

  test('that cannot be written leaves what was there, and nothing beside it', async () => {
    await mkdir(join(folder, 'taken', 'inner'), { recursive: true });
    await expect(writeAtomically(join(folder, 'taken'), 'text')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['taken']);
  });

  test('fails with the system’s word for it', () => {
    expect(errorCode(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toBe('ENOSPC');
    expect(errorCode(new Error('odd'))).toBe('Error: odd');
  });
});

describe('trusted keys', () => {
  test('are nobody’s until they are enrolled', async () => {
    expect(await readTrustedKeys(folder)).toEqual({ keys: [] });
    expect(await enrolKey(folder, keyOf(ada))).toBe('enrolled');
    expect(await enrolKey(folder, keyOf(bob))).toBe('enrolled');
    expect(await enrolKey(folder, keyOf(ada))).toBe('known');
    expect(await readTrustedKeys(folder)).toEqual({ keys: [keyOf(ada), keyOf(bob)] });
  });

  test('are not replaced: neither name nor key nor role', async () => {
    await enrolKey(folder, keyOf(ada));
    const other = { ...keyOf(ada), publicKey: bob.publicKey };
    expect(await enrolKey(folder, other)).toMatchObject({
      problem: { what: expect.stringContaining('Ada is enrolled already, as PI') as string },
    });
    expect(await enrolKey(folder, { ...keyOf(ada), name: 'Mallory' })).toMatchObject({
      problem: { what: expect.stringContaining('This key is enrolled already, as that of Ada') as string },
    });
    expect(await enrolKey(folder, { ...keyOf(ada), role: 'second' })).toMatchObject({ problem: { code: 'station' } });
    expect(await readTrustedKeys(folder)).toEqual({ keys: [keyOf(ada)] });
  });

  test('in a file with somebody twice, or with what is no key, count for nobody', async () => {
    const file = join(folder, 'trusted-keys.json');
    const wrong: unknown[] = [
      [keyOf(ada), { ...keyOf(bob), name: 'Ada' }],
      [keyOf(ada), { ...keyOf(bob), publicKey: ada.publicKey }],
      [{ ...keyOf(ada), publicKey: 'short' }],
      // The same bytes in another writing.
      [{ ...keyOf(ada), publicKey: `${'A'.repeat(42)}B=` }],
      [{ ...keyOf(ada), role: 'admin' }],
      [{ ...keyOf(ada), extra: 1 }],
    ];
    for (const keys of wrong) {
      await writeAtomically(file, JSON.stringify(keys));
      expect(await readTrustedKeys(folder), JSON.stringify(keys)).toMatchObject({ problem: { code: 'station' } });
      expect(await enrolKey(folder, keyOf(bob))).toMatchObject({ problem: { code: 'station' } });
    }
  });
});

describe('versions', () => {
  const seen = (version: number, name = 'lab') => ({ name, probeSerial: 'P1', version, limitsSha256: String(version) });

  test('are remembered by name and probe, the newest of each', async () => {
    for (const each of [seen(2), seen(5, 'other'), seen(4), seen(3)]) {
      expect(await rememberSiteVersion(folder, each)).toBeUndefined();
    }
    const read = await readSiteVersions(folder);
    if ('problem' in read) throw new Error('not read');
    const newest = (name: string, probeSerial = 'P1') => read.versions.newestOf({ name, probeSerial })?.version;
    expect([newest('lab'), newest('other'), newest('lab', 'P2'), newest('third')]).toEqual([
      4,
      5,
      undefined,
      undefined,
    ]);
  });

  test('are not written again when nothing is newer', async () => {
    await rememberSiteVersion(folder, seen(2));
    const file = join(folder, 'site-versions.json');
    await writeFile(file, `${await readFile(file, 'utf8')} `);
    await rememberSiteVersion(folder, seen(2));
    expect(await readFile(file, 'utf8')).toMatch(/ $/);
  });

  test('of the same name on another probe, and of another name on the same probe, stay', () => {
    const versions = new SiteVersions([seen(1), { ...seen(2), probeSerial: 'P2' }, seen(3, 'other')]);
    expect(versions.with(seen(9))).toEqual([{ ...seen(2), probeSerial: 'P2' }, seen(3, 'other'), seen(9)]);
  });

  test('H70: that cannot be read or remembered keep a file from being used', async () => {
    await writeAtomically(join(folder, 'site-versions.json'), 'damaged');
    expect(await readSiteVersions(folder)).toMatchObject({ problem: { code: 'station' } });
    expect(await rememberSiteVersion(folder, seen(1))).toMatchObject({ code: 'station' });
    const noFolder = join(folder, 'a-file');
    await writeFile(noFolder, '');
    expect(await rememberSiteVersion(join(noFolder, 'station'), seen(1))).toMatchObject({ code: 'station' });
  });
});
