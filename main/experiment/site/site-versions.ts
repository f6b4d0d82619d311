// The newest version of each site file that this station has seen: an older one is never accepted again; used by the main process.
import { join } from 'node:path';
import { z } from 'zod';
import type { SiteProblem } from './site-problem.ts';
import { errorCode, readStationFile, writeAtomically } from './station-file.ts';

/** What names a file through its versions. */
export interface SiteName {
  name: string;
  probeSerial: string;
}

const seenVersion = z.strictObject({ name: z.string(), probeSerial: z.string(), version: z.int().min(1) });
type SeenVersion = z.infer<typeof seenVersion>;

const fileName = 'site-versions.json';

export class SiteVersions {
  readonly #seen: readonly SeenVersion[];

  constructor(seen: readonly SeenVersion[]) {
    this.#seen = seen;
  }

  /** @returns undefined when none has been seen. */
  newestOf({ name, probeSerial }: SiteName): number | undefined {
    return this.#seen.find((seen) => seen.name === name && seen.probeSerial === probeSerial)?.version;
  }

  /** The list with this version in it, where it is the newest. */
  with({ name, probeSerial, version }: SeenVersion): SeenVersion[] {
    const others = this.#seen.filter((seen) => seen.name !== name || seen.probeSerial !== probeSerial);
    return [...others, { name, probeSerial, version }];
  }
}

export async function readSiteVersions(
  stationFolder: string,
): Promise<{ versions: SiteVersions } | { problem: SiteProblem }> {
  const read = await readStationFile(join(stationFolder, fileName), z.array(seenVersion));
  return 'problem' in read ? read : { versions: new SiteVersions(read.content ?? []) };
}

/** Remembers a version that has been verified. @returns why it could not be remembered: then it must not be used. */
export async function rememberSiteVersion(stationFolder: string, seen: SeenVersion): Promise<SiteProblem | undefined> {
  const read = await readSiteVersions(stationFolder);
  if ('problem' in read) return read.problem;
  if ((read.versions.newestOf(seen) ?? 0) >= seen.version) return undefined;
  const { name, probeSerial, version } = seen;
  const list = read.versions.with({ name, probeSerial, version });
  try {
    await writeAtomically(join(stationFolder, fileName), `${JSON.stringify(list, undefined, 2)}\n`);
    return undefined;
  } catch (error) {
    const what = `Version ${version} of ${name} cannot be remembered in ${stationFolder} (${errorCode(error)})`;
    return { code: 'station', what, cure: 'Give yourself the right to write there, and check free space' };
  }
}
