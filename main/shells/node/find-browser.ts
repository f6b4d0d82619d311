// Which Chromium, Chrome or Edge of this computer prints reports and is measured by benches. Main process of the plain-Node shell.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** By the names that they have on a system's path. */
const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** @param environment its PATH is looked through. @returns EXOCORTEX_BROWSER, else the first that is there */
export function findBrowser(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const chosen = environment['EXOCORTEX_BROWSER'];
  if (chosen !== undefined && chosen !== '') return existsSync(chosen) ? chosen : undefined;
  const folders = (environment['PATH'] ?? '').split(delimiter);
  const extension = process.platform === 'win32' ? '.exe' : '';
  const places = folders.flatMap((folder) => browserNames.map((name) => join(folder, `${name}${extension}`)));
  return places.find((place) => existsSync(place));
}
