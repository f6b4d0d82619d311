// A station whose disk takes nothing: what cannot be remembered is not used.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { acceptSiteFile } from './read-site-file.ts';
import { ada, signedFile, siteLimits, today } from './site-file.fixture.ts';
import { rememberSiteVersion, seenVersionOf } from './site-versions.ts';

vi.mock(import('./station-file.ts'), async (original) => ({
  ...(await original()),
  writeAtomically: () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' })),
}));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'full-disk-'));
});
afterEach(() => rm(folder, { recursive: true }));

const told = (folder: string) => ({
  code: 'station',
  what: `Version 3 of lab-mea cannot be remembered in ${folder} (ENOSPC)`,
  cure: 'Give yourself the right to write there, and check free space',
});

test('H70: a version that cannot be remembered is told', async () => {
  expect(await rememberSiteVersion(folder, seenVersionOf(siteLimits()))).toEqual(told(folder));
});

test('H70: a file whose version cannot be remembered is not accepted: an older one could come back', async () => {
  const { name, role, publicKey } = ada;
  await writeFile(join(folder, 'trusted-keys.json'), JSON.stringify([{ name, role, publicKey }]));
  await writeFile(join(folder, 'site.json'), signedFile(siteLimits(), ada));
  const verdict = await acceptSiteFile(join(folder, 'site.json'), { stationFolder: folder, today });
  expect(verdict).toEqual({ ok: false, problems: [told(folder)] });
});
