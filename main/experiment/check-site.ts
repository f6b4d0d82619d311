// Reads the site's limit file that an experiment names, and checks that it belongs to the limit profile; used by the main process.
import { resolve } from 'node:path';
import type { CheckedSite } from '../../common/experiment/checked-experiment.ts';
import type { Experiment } from '../../common/experiment/experiment.ts';
import type { LimitProfile } from '../../common/experiment/limit-profile.ts';
import { besideFile } from './beside-file.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';
import { acceptSiteFile, type Station } from './site/read-site-file.ts';

/** @returns undefined where the experiment names no site file, or after reporting what is wrong with it. */
export async function readSite(
  { value, tree }: FileContent<Experiment>,
  station: Station,
  problems: ProblemList,
): Promise<CheckedSite | undefined> {
  if (value.siteFile === undefined) return undefined;
  const file = besideFile(tree.file, value.siteFile);
  const verdict = await acceptSiteFile(file, station);
  if (!verdict.ok) {
    for (const { what, cure } of verdict.problems) problems.error(tree.placeAt(['siteFile']), what, cure);
    return undefined;
  }
  const { limits, signers, sha256 } = verdict;
  return { file: resolve(file), sha256, limits, signers };
}

/** Tissue needs a site file, and it must be for the profile's preparation. */
export function checkSite(
  { value, tree }: FileContent<Experiment>,
  limits: FileContent<LimitProfile>,
  site: CheckedSite | undefined,
  problems: ProblemList,
): void {
  const { preparation } = limits.value;
  if (preparation === undefined) return;
  // A key that stands there with a wrong value has been reported.
  if (preparation !== 'bench' && !('siteFile' in value)) {
    problems.error(
      tree.placeAt(['limitProfile']),
      `The limit profile is for ${preparation}, and no site file allows stimulation there`,
      "Add siteFile with a file that a PI has signed: 'exocortex limits new' begins one; or choose a profile for the bench",
    );
  }
  if (site === undefined || site.limits.profile === preparation) return;
  problems.error(
    tree.placeAt(['siteFile']),
    `The site file is for ${site.limits.profile}, the limit profile for ${preparation}`,
    'Name a site file and a limit profile for the same preparation',
  );
}
