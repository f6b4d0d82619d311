// The newest version of each site file that this station has seen: an older one, or another of its number, is never accepted again; used by the main process.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../../common/base/canonical-json.ts';
import type { SiteLimits } from '../../../common/limits/site-file.ts';
import type { SiteProblem } from './site-problem.ts';
import { errorCode, readStationFile, writeAtomically } from './station-file.ts';

/** What names a file through its versions. */
export interface SiteName {
  name: string;
  probeSerial: string;
}

const seenVersion = z.strictObject({
  name: z.string(),
  probeSerial: z.string(),
  version: z.int().min(1),
  /** Of the limits without their signatures: a further signature does not make another version. */
  limitsSha256: z.string(),
});
export type SeenVersion = z.infer<typeof seenVersion>;

/** What is remembered of a site's limits. */
export function seenVersionOf(limits: SiteLimits): SeenVersion {
  const { name, probeSerial, version } = limits;
  const limitsSha256 = createHash('sha256').update(canonicalJson(limits)).digest('hex');
  return { name, probeSerial, version, limitsSha256 };
}

const fileName = 'site-versions.json';

export class SiteVersions {
  readonly #seen: readonly SeenVersion[];

  constructor(seen: readonly SeenVersion[]) {
    this.#seen = seen;
  }

  /** @returns undefined when none has been seen. */
  newestOf({ name, probeSerial }: SiteName): SeenVersion | undefined {
    return this.#seen.find((seen) => seen.name === name && seen.probeSerial === probeSerial);
  }

  /** The list with this version in it, where it is the newest. */
  with(newest: SeenVersion): SeenVersion[] {
    const others = this.#seen.filter((seen) => seen.name !== newest.name || seen.probeSerial !== newest.probeSerial);
    return [...others, newest];
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
  if ((read.versions.newestOf(seen)?.version ?? 0) >= seen.version) return undefined;
  const list = read.versions.with(seen);
  try {
    await writeAtomically(join(stationFolder, fileName), `${JSON.stringify(list, undefined, 2)}\n`);
    return undefined;
  } catch (error) {
    const what = `Version ${seen.version} of ${seen.name} cannot be remembered in ${stationFolder} (${errorCode(error)})`;
    return { code: 'station', what, cure: 'Give yourself the right to write there, and check free space' };
  }
}
