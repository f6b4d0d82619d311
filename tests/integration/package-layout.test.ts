// What electron-builder packs, shown with a stand-in for Electron's own files: nothing is missing and nothing too much.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArchive } from './asar.ts';

const checkout = join(import.meta.dirname, '..', '..');
const isLinux = process.platform === 'linux';
if (!isLinux) console.log('Skipped: the stand-in for Electron is made for Linux.');

const work = mkdtempSync(join(tmpdir(), 'exocortex-package-'));
afterAll(() => rmSync(work, { recursive: true }));

/** Marks the place of Electron's fuses in its binary: a sentinel, a version, a count, and one character each. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuses = { runAsNode: 0, nodeOptions: 2, nodeCliInspect: 3, onlyLoadAppFromAsar: 5 } as const;

function makeStandIn(folder: string): void {
  const electron = JSON.parse(readFileSync(join(checkout, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  const files: Record<string, string> = {
    electron: `stand-in ${fuseSentinel}\u0001\u0009101100011`,
    version: electron.version,
    LICENSE: '',
    'LICENSES.chromium.html': '',
    'resources.pak': '',
    'locales/en-US.pak': '',
  };
  for (const inner of ['locales', 'resources']) mkdirSync(join(folder, inner), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, 'latin1');
  chmodSync(join(folder, 'electron'), 0o755);
}

describe.runIf(isLinux)('the packed application', () => {
  const packed = join(work, 'linux-unpacked');
  const resources = join(packed, 'resources');
  const archivePath = join(resources, 'app.asar');

  beforeAll(() => {
    makeStandIn(join(work, 'electron'));
    const settings = [`-c.electronDist=${join(work, 'electron')}`, `-c.directories.output=${work}`];
    const args = [join(checkout, 'scripts/package.mjs'), '--linux', 'dir', '--x64', ...settings];
    const builder = spawnSync(process.execPath, args, { cwd: checkout, encoding: 'utf8' });
    expect(builder.status, builder.stdout + builder.stderr).toBe(0);
  });

  test('holds the main process, the preload and the page, and no packages', () => {
    const { paths } = openArchive(archivePath);
    expect(paths).toEqual(
      expect.arrayContaining([
        'package.json',
        'dist/electron/main.js',
        'dist/electron/preload.cjs',
        'dist/renderer/index.html',
      ]),
    );
    expect(paths.filter((name) => /node_modules|\.ts$|\.map$/.test(name))).toEqual([]);
  });

  test('starts with the main process that it holds', () => {
    const { main } = JSON.parse(openArchive(archivePath).readText('package.json')) as { main: string };
    expect(main).toBe('dist/electron/main.js');
  });

  test('keeps programs and threads as real files that need nothing beside them', () => {
    const program = join(resources, 'app.asar.unpacked/dist/programs/exocortex.js');
    const result = spawnSync(process.execPath, [program, '--help'], { cwd: work, encoding: 'utf8' });
    expect(result.stderr).toBe('');
    expect(result.status).toBe(0);
    expect(result.stdout).toContain('run');
  });

  test('takes experiments, limit profiles and recordings along', () => {
    expect(readdirSync(join(resources, 'experiments'))).toEqual(readdirSync(join(checkout, 'experiments')));
    expect(existsSync(join(resources, 'resources/recordings'))).toBe(true);
  });

  test('takes the native addon of its own platform only', () => {
    const platforms = existsSync(join(resources, 'prebuilds')) ? readdirSync(join(resources, 'prebuilds')) : [];
    expect(platforms.filter((name) => name !== 'linux-x64')).toEqual([]);
  });

  test('cannot be run as Node, debugged from outside or given another application', () => {
    const binary = readFileSync(join(packed, 'exocortex'), 'latin1');
    const states = binary.slice(binary.indexOf(fuseSentinel) + fuseSentinel.length + 2);
    expect(states[fuses.runAsNode]).toBe('0');
    expect(states[fuses.nodeOptions]).toBe('0');
    expect(states[fuses.nodeCliInspect]).toBe('0');
    expect(states[fuses.onlyLoadAppFromAsar]).toBe('1');
  });
});
