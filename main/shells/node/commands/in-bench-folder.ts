// A folder of its own, with an experiment, for a bench that writes a large session. Main process of the plain-Node shell.
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckedExperiment } from '../../../../common/experiment/checked-experiment.ts';
import { today } from '../../../application/session-time.ts';
import { loadExperiment } from '../../../experiment/load-experiment.ts';
import type { ShellSetting } from '../shell-setting.ts';

/**
 * Removes the folder afterwards.
 * @param gigabytes that the bench will need there @returns what `bench` does; 2 when there is no room, or no experiment
 */
export async function inBenchFolder(
  { platform, printError }: ShellSetting,
  gigabytes: number,
  bench: (folder: string, checked: CheckedExperiment) => Promise<number>,
): Promise<number> {
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize < gigabytes * 1e9) {
    printError(`${tmpdir()} has no room for ${gigabytes} GB: make room, or give less by --gigabytes.`);
    return 2;
  }
  const file = join(platform.applicationFolder, 'experiments', 'closed-loop-virtual', 'experiment.yaml');
  const experiment = await loadExperiment(file, { stationFolder: platform.stationFolder, today: today() });
  if (!experiment.ok) {
    printError(`${file} cannot be used: 'exocortex validate' says why.`);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-bench-'));
  try {
    return await bench(folder, experiment.checked);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
