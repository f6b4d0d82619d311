// `exocortex bench recorder`: what this disk lets be recorded, beside plain writes to it. Main process of the plain-Node shell.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '../../../../common/base/percentile.ts';
import type { RecorderBenchAnswer, RecorderBenchRequest } from '../../../../common/bench/recorder-run.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { inBenchThread, spreadHeader, spreadRow } from './bench-tables.ts';

export interface RecorderBenchOptions extends Omit<RecorderBenchRequest, 'folder' | 'programsFolder'> {
  /** On the disk that is measured; made when it is not there. */
  on: string;
  isJson: boolean;
}

/** @returns 0 when nothing was lost; 1 when something was; 2 when the disk cannot be written to */
export async function benchRecorder(setting: ShellSetting, options: RecorderBenchOptions): Promise<number> {
  const { on, isJson, channels, sampleRateHz, seconds, rounds } = options;
  const { programsFolder } = setting.platform;
  let folder: string;
  try {
    mkdirSync(on, { recursive: true });
    folder = mkdtempSync(join(on, 'exocortex-bench-'));
  } catch (error) {
    setting.printError(`${(error as Error).message}. Name a folder that this user may write into: --out DIR`);
    return 2;
  }
  try {
    const request: RecorderBenchRequest = { folder, channels, sampleRateHz, seconds, rounds, programsFolder };
    const thread = join(programsFolder, 'recorder-bench-thread.js');
    const outcome = await inBenchThread<RecorderBenchAnswer>(thread, request);
    if ('problem' in outcome) {
      setting.printError(`The recorder failed: ${outcome.problem}. Check the free space of ${on}.`);
      return 2;
    }
    const { realTime, recorderMBps, plainMBps, lost } = outcome.answer;
    const [sustainedMBps = 0, plain = 0] = [median(recorderMBps), median(plainMBps)];
    const ratioToPlainWrites = Math.round((sustainedMBps / plain) * 1000) / 1000;
    const result = { channels, sampleRateHz, sustainedMBps, ratioToPlainWrites, ...outcome.answer };
    if (isJson) setting.print(JSON.stringify(result));
    else {
      setting.print(
        `${channels} channels at ${sampleRateHz} Hz for ${seconds} s: ${realTime.MBps} MB/s, ${realTime.lost} of ${realTime.records} records lost, buffer filled to ${(100 * realTime.highestFill).toFixed(1)} %`,
      );
      setting.print(spreadHeader);
      setting.print(spreadRow('rig thread gives a block away', realTime.handOverMs));
      setting.print(
        `as fast as the disk takes it: ${sustainedMBps} MB/s through the recorder, ${plain} MB/s by plain writes, ratio ${ratioToPlainWrites}; ${lost} records lost in all`,
      );
    }
    return lost === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
