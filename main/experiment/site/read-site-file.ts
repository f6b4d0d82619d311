// Reads a site's limit file and verifies it against what the station knows: keys, versions, the day; used by the main process.
import { readFile, stat } from 'node:fs/promises';
import { explainUnreadable } from '../read-text.ts';
import type { SiteProblem } from './site-problem.ts';
import { readSiteVersions, rememberSiteVersion, seenVersionOf, SiteVersions } from './site-versions.ts';
import { readTrustedKeys } from './trusted-keys.ts';
import { type SiteVerdict, verifySiteFile } from './verify-site-file.ts';

/** What a file is verified against. */
export interface Station {
  /** Folder with trusted keys and versions seen; undefined: there is none, and nobody is trusted. */
  stationFolder: string | undefined;
  /** Day in UTC, `YYYY-MM-DD`. */
  today: string;
  /** Serial number of the device that is connected; undefined: not known yet. */
  probeSerial?: string | undefined;
}

/** Larger files are refused unread: a file of 4096 electrodes, each in a group of its own, is smaller. */
const largestBytes = 10_000_000;

/** @returns the bytes, or why there are none. */
export async function readSiteBytes(file: string): Promise<{ bytes: Uint8Array } | { problem: SiteProblem }> {
  try {
    const { size } = await stat(file);
    if (size <= largestBytes) return { bytes: await readFile(file) };
  } catch (error) {
    const [what, cure] = await explainUnreadable(file, error);
    return { problem: { code: 'unreadable', what, cure } };
  }
  const what = `${file} is too large for a site file`;
  return { problem: { code: 'unreadable', what, cure: "Name a file that 'exocortex limits new' has made" } };
}

const refused = (problem: SiteProblem): SiteVerdict => ({ ok: false, problems: [problem] });

/** Never throws for what is in the file or in the station's folder. */
export async function readSiteFile(file: string, { stationFolder, today, probeSerial }: Station): Promise<SiteVerdict> {
  const read = await readSiteBytes(file);
  if ('problem' in read) return refused(read.problem);
  const trusted = stationFolder === undefined ? { keys: [] } : await readTrustedKeys(stationFolder);
  if ('problem' in trusted) return refused(trusted.problem);
  const seen = stationFolder === undefined ? { versions: new SiteVersions([]) } : await readSiteVersions(stationFolder);
  if ('problem' in seen) return refused(seen.problem);
  const newestVersion = seen.versions.newestOf.bind(seen.versions);
  return verifySiteFile(read.bytes, { trustedKeys: trusted.keys, newestVersion, today, probeSerial });
}

/** As `readSiteFile`, and from now on this station refuses older versions of what it has accepted, and others of the same number. */
export async function acceptSiteFile(file: string, station: Station): Promise<SiteVerdict> {
  const verdict = await readSiteFile(file, station);
  if (!verdict.ok || station.stationFolder === undefined) return verdict;
  const problem = await rememberSiteVersion(station.stationFolder, seenVersionOf(verdict.limits));
  return problem === undefined ? verdict : refused(problem);
}
