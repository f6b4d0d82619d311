// Looks at the site file of a connected experiment once more, at the moment of arming; used by the main process.
import type { CheckedExperiment } from '../../../common/experiment/checked-experiment.ts';
import { acceptSiteFile } from './read-site-file.ts';
import type { SiteProblem } from './site-problem.ts';

const inWords = ({ what, cure }: Pick<SiteProblem, 'what' | 'cure'>) => `${what}. ${cure}`;

/**
 * @param today day in UTC, `YYYY-MM-DD`.
 * @param probeSerial serial number of the device that is connected; undefined: not looked at.
 * @returns why the limits of the site do not let the experiment be armed now, in words; undefined when they do.
 */
export async function verifySiteOf(
  { site, limits }: Pick<CheckedExperiment, 'site' | 'limits'>,
  stationFolder: string,
  today: string,
  probeSerial?: string,
): Promise<string | undefined> {
  if (site === undefined) {
    if (limits.preparation === 'bench') return undefined;
    return inWords({ what: 'The experiment names no site file', cure: 'Add siteFile to it, and connect again' });
  }
  const verdict = await acceptSiteFile(site.file, { stationFolder, today, probeSerial });
  if (!verdict.ok) return verdict.problems.map(inWords).join('. ');
  if (verdict.sha256 === site.sha256) return undefined;
  return inWords({ what: `${site.file} was replaced since the experiment was connected`, cure: 'Connect again' });
}
