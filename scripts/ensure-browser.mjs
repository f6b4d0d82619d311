// Finds a Chromium for the end-to-end tests, or installs one. `node scripts/ensure-browser.mjs` prints its path.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const usualPlaces = {
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) =>
    [
      'Google/Chrome/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
      'Chromium/Application/chrome.exe',
    ].map((path) => join(process.env[variable] ?? 'C:/Program Files', path)),
  ),
  darwin: ['Google Chrome', 'Microsoft Edge', 'Chromium'].flatMap((name) =>
    ['/Applications', join(process.env['HOME'] ?? '/', 'Applications')].map(
      (folder) => `${folder}/${name}.app/Contents/MacOS/${name}`,
    ),
  ),
};

/** @returns {Promise<string | undefined>} the browser that Playwright downloaded, if it has */
async function findPlaywrights() {
  const { chromium } = await import('playwright');
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

/** @returns {Promise<string | undefined>} EXOCORTEX_BROWSER, an installed Chromium, Chrome or Edge, or Playwright's own */
export async function findBrowser() {
  const chosen = process.env['EXOCORTEX_BROWSER'];
  if (chosen) return existsSync(chosen) ? chosen : undefined;
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const places = process.platform === 'win32' || process.platform === 'darwin' ? usualPlaces[process.platform] : onPath;
  return places.find((path) => existsSync(path)) ?? (await findPlaywrights());
}

/** @param {string} command @param {string[]} args @returns {boolean} whether it succeeded */
function succeeds(command, args) {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] }).status === 0;
}

/** @returns {boolean} whether packages can be installed with apt-get */
export function isDebianRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** @returns {Promise<{ path: string } | { reason: string }>} a browser, installed where none was found */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found !== undefined) return { path: found };
  if (process.env['EXOCORTEX_BROWSER'])
    return { reason: `EXOCORTEX_BROWSER names no file: ${process.env['EXOCORTEX_BROWSER']}` };
  console.error('Installing Chromium for the end-to-end tests …');
  if (isDebianRoot()) {
    // Ubuntu's package is a stub for a snap, which does not run everywhere: then Playwright's own is taken.
    if (succeeds('apt-get', ['update']) && succeeds('apt-get', ['install', '-y', 'chromium'])) {
      const installed = await findBrowser();
      if (installed !== undefined) return { path: installed };
    }
  }
  succeeds(process.execPath, [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium']);
  const downloaded = await findPlaywrights();
  if (downloaded !== undefined) return { path: downloaded };
  return { reason: 'no Chrome, Edge or Chromium was found or could be installed; set EXOCORTEX_BROWSER to one' };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const browser = await ensureBrowser();
  if ('path' in browser) console.log(browser.path);
  else {
    console.error(browser.reason);
    process.exitCode = 1;
  }
}
