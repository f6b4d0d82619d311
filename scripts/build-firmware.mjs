// Compiles the board's core for this computer: the program `host-board` and the core's tests. Used by tests and by `npm run test:firmware`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const firmware = join(root, 'resources', 'firmware');
const output = join(root, 'build', 'firmware');

/** What the core may not use is switched off, as on a board. */
const coreFlags = ['-std=c++17', '-fno-exceptions', '-fno-rtti', '-Wall', '-Wextra'];

/** @param {string} folder below resources/firmware @param {string} ending @returns {string[]} */
export function firmwareFiles(folder, ending) {
  return readdirSync(join(firmware, folder))
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(firmware, folder, name));
}

/** @returns {string | undefined} g++, clang++ or what CXX names; Microsoft's compiler is not one of them */
export function findCompiler() {
  const names = [process.env['CXX'], 'c++', 'g++', 'clang++'].filter((name) => name !== undefined && name !== '');
  return names.find((name) => spawnSync(String(name), ['--version']).status === 0);
}

/** Why there is no program of the core on this computer. */
export const withoutCompiler =
  'no C++ compiler (c++, g++ or clang++) was found, which the board’s core is compiled with';

/** @param {string} compiler @param {string[]} args @param {string} folder @throws Error with what the compiler says */
export function compile(compiler, args, folder) {
  const { status, stderr, error } = spawnSync(compiler, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the board’s core did not compile:\n${error?.message ?? stderr}`);
}

/**
 * Builds a program unless it is there and nothing has changed.
 * @param {string} name
 * @param {string[]} sources
 * @returns {{ path: string } | { reason: string }}
 */
function build(name, sources) {
  const compiler = findCompiler();
  if (compiler === undefined || process.platform === 'win32') return { reason: withoutCompiler };
  const path = join(output, name);
  const hash = createHash('sha256').update(compiler);
  for (const folder of ['src', 'host', 'tests'])
    for (const file of firmwareFiles(folder, 'pp')) hash.update(readFileSync(file));
  const stamp = hash.digest('hex');
  const stampPath = `${path}.stamp`;
  if (existsSync(path) && existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return { path };
  mkdirSync(output, { recursive: true });
  // Renamed into place whole: another test may build or run it at the same time.
  const unfinished = `${path}.${process.pid}`;
  compile(compiler, [...coreFlags, '-O2', ...sources, '-o', unfinished], output);
  renameSync(unfinished, path);
  writeFileSync(stampPath, stamp);
  return { path };
}

/** The board's core as a program: see resources/firmware/host/host-board.cpp. */
export const buildHostBoard = () =>
  build('host-board', [join(firmware, 'host', 'host-board.cpp'), ...firmwareFiles('src', '.cpp')]);

/** The tests of the core. */
export const buildCoreTests = () =>
  build('core-tests', [...firmwareFiles('tests', '.cpp'), ...firmwareFiles('src', '.cpp')]);

/**
 * The sketch for Teensy, against headers that only declare what it uses: it is compiled, never run.
 * @returns {{ compiled: true } | { reason: string }}
 * @throws Error with what the compiler says
 */
export function checkSketch() {
  const compiler = findCompiler();
  if (compiler === undefined || process.platform === 'win32') return { reason: withoutCompiler };
  const sketch = join(firmware, 'examples', 'teensy-4-rig', 'teensy-4-rig.ino');
  const included = ['-I', join(firmware, 'tests', 'arduino'), '-I', join(firmware, 'src')];
  compile(compiler, [...coreFlags, ...included, '-fsyntax-only', '-x', 'c++', sketch], firmware);
  return { compiled: true };
}
