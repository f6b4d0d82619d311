import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importSession, sessionFolderOf } from './import-session.ts';
import { writeSession } from './session-folder.fixture.ts';

let root = '';
let library = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'exocortex-import-'));
  library = join(root, 'sessions');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function elsewhere(): string {
  const folder = writeSession(join(root, 'stick'), '20260302-loop');
  writeFileSync(join(folder, 'journal.exj'), 'records');
  mkdirSync(join(folder, 'population'));
  writeFileSync(join(folder, 'population', 'state.bin'), 'weights');
  return folder;
}

describe('importing a session', () => {
  it('copies all of its files, tells how far it is, and leaves the original as it is', async () => {
    const from = elsewhere();
    const told: number[] = [];
    const imported = await importSession(from, library, (fraction) => told.push(fraction));
    expect(imported).toEqual({ folder: join(library, '20260302-loop') });
    for (const path of ['session.json', 'journal.exj', 'population/state.bin'])
      expect(readFileSync(join(library, '20260302-loop', path))).toEqual(readFileSync(join(from, path)));
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
    expect(readdirSync(library)).toEqual(['20260302-loop']);
  });

  it('is refused for what lies in the library already, and for a name that is taken, and then writes nothing', async () => {
    const inside = writeSession(library, 'mine');
    expect(await importSession(inside, library, () => {})).toMatchObject({ what: expect.stringContaining('already') });
    const from = elsewhere();
    mkdirSync(join(library, '20260302-loop'));
    expect(await importSession(from, library, () => {})).toMatchObject({ cure: expect.stringContaining('rename') });
    expect(readdirSync(join(library, '20260302-loop'))).toEqual([]);
  });

  it('leaves nothing behind when it fails midway', async () => {
    const from = elsewhere();
    const cut = () => {
      throw new Error('no space left on device');
    };
    await expect(importSession(from, library, cut)).rejects.toThrow('no space');
    expect(readdirSync(library)).toEqual([]);
    expect(existsSync(join(from, 'journal.exj'))).toBe(true);
  });

  it('knows a session by its folder or one of its own files, and nothing else', async () => {
    const folder = elsewhere();
    writeFileSync(join(folder, 'session.nwb'), '');
    for (const path of [folder, join(folder, 'session.json'), join(folder, 'journal.exj')])
      expect(await sessionFolderOf(path)).toBe(folder);
    for (const path of [join(folder, 'session.nwb'), join(folder, 'population'), root, join(root, 'nowhere')])
      expect(await sessionFolderOf(path)).toBeUndefined();
  });
});
