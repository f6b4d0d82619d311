// `exocortex recover`: restores what a killed session left behind. Main process of the plain-Node shell.
import { runAnalysis } from '../../../application/run-analysis.ts';
import type { ShellSetting } from '../shell-setting.ts';

/** @returns 0 when everything up to the last flush was restored, else 1. */
export async function recover(setting: ShellSetting, folder: string, isJson: boolean): Promise<number> {
  const outcome = await runAnalysis(setting.platform, 'recover', folder, () => {});
  if ('refusal' in outcome) {
    setting.printError(`${outcome.refusal.what}. ${outcome.refusal.cure}`);
    return 1;
  }
  const report = outcome.result;
  setting.print(
    isJson
      ? JSON.stringify(report)
      : `${report.words}\nsummary           ${report.files.summary}\nNWB               ${report.files.nwb}`,
  );
  return 0;
}
