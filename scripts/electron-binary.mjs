// Finds Electron's binary, downloads it when that is possible, and says why when it cannot be used.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const electron = join(root, 'node_modules', 'electron');
const failureStamp = join(root, 'node_modules', '.cache', 'exocortex', 'electron-download-failed');
const downloadTimeoutMs = 60_000;
const retryAfterMs = 24 * 3_600_000;

/** @returns {string | undefined} the path of the installed binary; requiring the package instead would start a download */
export function findElectron() {
  try {
    const binary = join(electron, 'dist', readFileSync(join(electron, 'path.txt'), 'utf8'));
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

/** @returns {string | undefined} why Electron cannot show a window here, whether it is installed or not */
export function whyNoWindow() {
  if (process.platform !== 'linux') return undefined;
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no display';
  if (process.getuid?.() === 0) return "Electron's sandbox does not run as root";
  return undefined;
}

/** Downloads the binary once; a failure is remembered for a day so that the next start takes seconds. */
function download() {
  if (existsSync(failureStamp) && Date.now() - statSync(failureStamp).mtimeMs < retryAfterMs) return;
  console.error('Downloading Electron (at most a minute) …');
  spawnSync(process.execPath, [join(electron, 'install.js')], { stdio: 'ignore', timeout: downloadTimeoutMs });
  if (findElectron() !== undefined) return;
  mkdirSync(join(failureStamp, '..'), { recursive: true });
  writeFileSync(failureStamp, '');
}

/** @returns {{ binary: string } | { reason: string }} the binary to open a window with, or why there is none */
export function ensureElectron() {
  const reason = whyNoWindow();
  if (reason !== undefined) return { reason };
  if (findElectron() === undefined) download();
  const binary = findElectron();
  if (binary !== undefined) return { binary };
  return { reason: "Electron's binary could not be downloaded (it is tried again tomorrow)" };
}
