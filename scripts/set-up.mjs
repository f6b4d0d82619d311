// What every command needs before it can run: the right Node, the dependencies, the native addon and a current build.
// Everything here speaks on standard error, so that standard output belongs to the program that follows.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBuilt } from './build-stamp.mjs';
import { root } from './paths.mjs';

const oldestNode = [20, 19];

/** @param {string} message @returns {never} */
export function stop(message) {
  console.error(message);
  process.exit(2);
}

/** Ends the process with one sentence where this Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  stop(
    `Exocortex needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}. Install it from https://nodejs.org.`,
  );
}

/**
 * Compares what npm says it installed with the lock file.
 * @returns {boolean} whether node_modules holds every package that this platform needs, in the locked version
 */
export function areDependenciesInstalled(checkout = root) {
  try {
    const locked = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')).packages;
    const installed = JSON.parse(readFileSync(join(checkout, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.entries(locked).every(
      ([path, { version, optional, os, cpu }]) =>
        path === '' || optional || os || cpu || installed[path]?.version === version,
    );
  } catch {
    return false;
  }
}

/** Runs `npm ci` where the dependencies are missing or not those of the lock file. */
export function ensureDependencies() {
  if (areDependenciesInstalled()) return;
  console.error('Installing what is missing (npm ci) …');
  const npm = process.env['npm_execpath'];
  // Warnings about other Node versions and funding are of no use to whoever starts the application.
  const ci = ['ci', '--loglevel=error', '--no-audit', '--no-fund'];
  const [command, args] = npm ? [process.execPath, [npm, ...ci]] : ['npm', ci];
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !npm && process.platform === 'win32',
  });
  if (result.status !== 0) stop('npm ci failed: see above. A network connection is needed once; then run this again.');
}

/**
 * Builds the native addon where a compiler exists; without it the program uses its own TypeScript kernels and says so.
 * @returns {Promise<void>} when that has ended
 */
export function ensureNative() {
  const script = join(root, 'scripts', 'build-native.mjs');
  if (!existsSync(script)) return Promise.resolve();
  const building = spawn(process.execPath, [script], { cwd: root, stdio: ['ignore', 2, 2] });
  return new Promise((resolve) => building.once('close', () => resolve()));
}

/** Builds dist/ where a source has changed. */
export function ensureBuild() {
  if (isBuilt()) return;
  console.error('Building what has changed …');
  const result = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) stop('The build failed: see above.');
}
