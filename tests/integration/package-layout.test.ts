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
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openArchive } from './asar.ts';

const checkout = join(import.meta.dirname, '..', '..');
const isLinux = process.platform === 'linux';
if (!isLinux) console.log('Skipped: the stand-in for Electron is made for Linux.');

// eslint-disable-next-line exocortex/no-device-path -- a folder of node-hid, named after the driver
const linuxHid = 'HID_hidraw';

/** Marks the place of Electron's fuses in its binary: a sentinel, a version, a count, and one character each. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuses = { runAsNode: 0, nodeOptions: 2, nodeCliInspect: 3, onlyLoadAppFromAsar: 5 } as const;

interface ExtraResource {
  from: string;
  to: string;
  filter?: string[];
}

interface Settings extends Record<'linux' | 'win' | 'mac', { extraResources: ExtraResource[] }> {
  extraResources: ExtraResource[];
}

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
  let work: string;
  let packed: string;
  let resources: string;
  let archivePath: string;

  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'exocortex-package-'));
    packed = join(work, 'linux-unpacked');
    resources = join(packed, 'resources');
    archivePath = join(resources, 'app.asar');
    makeStandIn(join(work, 'electron'));
    const settings = [`-c.electronDist=${join(work, 'electron')}`, `-c.directories.output=${work}`];
    const args = [join(checkout, 'node_modules/electron-builder/cli.js'), '--linux', 'dir', '--x64', ...settings];
    const builder = spawnSync(process.execPath, args, { cwd: checkout, encoding: 'utf8' });
    expect(builder.status, builder.stdout + builder.stderr).toBe(0);
  });

  afterAll(() => rmSync(work, { recursive: true }));

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
    const folder = join(resources, 'app.asar.unpacked/dist/programs');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
    expect(names).toEqual(
      expect.arrayContaining(['rig-thread.js', 'watchdog-thread.js', 'recorder-thread.js', 'simulation.js']),
    );
    const imported = names.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/^(?:import|export) .*?["']([^"'\n]+)["'];$/gm)].map(
        ([, it]) => it ?? '',
      ),
    );
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => !name.startsWith('.') && !isBuiltin(name))).toEqual([]);
  });

  test('takes experiments, limit profiles and recordings along', () => {
    expect(readdirSync(join(resources, 'experiments'))).toEqual(readdirSync(join(checkout, 'experiments')));
    expect(existsSync(join(resources, 'resources/recordings'))).toBe(true);
  });

  test.each([
    ['linux', 'linux', linuxHid],
    ['win', 'win32', 'HID'],
    ['mac', 'darwin', 'HID'],
  ] as const)('takes the binaries of its own platform only on %s', (target, platform, hid) => {
    const settings = parse(readFileSync(join(checkout, 'electron-builder.yml'), 'utf8')) as Settings;
    const arch = '$' + '{arch}';
    const [addon, nodeHid, serialport] = settings[target].extraResources;
    const serialPlatform = target === 'mac' ? 'darwin-x64+arm64' : `${platform}-${arch}`;
    expect(serialport?.from).toBe(`node_modules/@serialport/bindings-cpp/prebuilds/${serialPlatform}`);
    expect(addon).toEqual({ from: `prebuilds/${platform}-${arch}`, to: `prebuilds/${platform}-${arch}` });
    expect(nodeHid?.filter?.filter((pattern) => pattern.startsWith('prebuilds'))).toEqual([
      `prebuilds/${hid}-${platform}-${arch}/**`,
    ]);
    expect(JSON.stringify(settings.extraResources)).not.toMatch(/prebuilds\/|node-hid/);
  });

  test('finds node-hid from the thread of the stop inputs, with the binary of this platform alone', () => {
    const program = `process.stdout.write(require.resolve('node-hid') + '\\n'); require('node-hid').getHidapiVersion();`;
    const cwd = join(resources, 'app.asar.unpacked/dist/programs');
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { cwd, encoding: 'utf8' });
    expect(stdout.trim()).toBe(join(resources, 'node_modules/node-hid/nodehid.js'));
    // A computer without the system's USB library says so; what is missing is not a file of the package.
    expect(stderr.replace(/^.*lib(usb|udev).*$/ms, '')).toBe('');
    expect(readdirSync(join(resources, 'node_modules/node-hid/prebuilds'))).toEqual([`${linuxHid}-linux-x64`]);
  });

  test('finds serialport from the thread of the serial ports, with the binary of this platform alone', () => {
    const program = `process.stdout.write(require.resolve('serialport')); require('serialport').SerialPort.binding.list;`;
    const cwd = join(resources, 'app.asar.unpacked/dist/programs');
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', program], { cwd, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expect(stdout).toBe(join(resources, 'node_modules/serialport/dist/index.js'));
    const binaries = join(resources, 'node_modules/@serialport/bindings-cpp/prebuilds');
    expect(
      readdirSync(binaries, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.node')),
    ).toEqual(['linux-x64/@serialport+bindings-cpp.glibc.node']);
  });

  test('finds SQLite from the main process, with the binary of this platform alone', () => {
    const program = `const { DatabaseSync } = await import('@photostructure/sqlite'); new DatabaseSync(':memory:').close();`;
    const cwd = join(resources, 'app.asar.unpacked/dist/programs');
    const args = ['--input-type=module', '-e', program];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    const binaries = readdirSync(join(resources, 'node_modules/@photostructure/sqlite/prebuilds'), { recursive: true });
    expect(binaries.map(String).filter((name) => name.endsWith('.node'))).toEqual([
      'linux-x64/@photostructure+sqlite.glibc.node',
    ]);
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
