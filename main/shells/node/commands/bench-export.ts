// `exocortex bench export`: how fast a session becomes an NWB file, and in how much memory, on one that it writes and removes. Main process of the plain-Node shell.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runAnalysis } from '../../../application/run-analysis.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { benchSource, writeBenchSession, type WrittenSession } from './bench-review/write-session.ts';
import { inBenchFolder } from './in-bench-folder.ts';

export interface ExportBenchOptions {
  gigabytes: number;
  channels: number;
  isJson: boolean;
}

interface MeasuredExport {
  /** 0: not compressed. */
  gzipLevel: number;
  seconds: number;
  timesRealTime: number;
  bytes: number;
  peakMemoryMegabytes: number;
}

export interface ExportBenchResult extends WrittenSession {
  channels: number;
  sampleRateHz: number;
  exports: MeasuredExport[];
}

const gzipLevels = [0, 4];

/** @returns 0; 2 when the session cannot be written or exported */
export function benchExport(setting: ShellSetting, options: ExportBenchOptions): Promise<number> {
  const { platform, version } = setting;
  const { channels, gigabytes } = options;
  return inBenchFolder(setting, 2.2 * gigabytes, async (home, checked) => {
    const folder = join(home, 'session');
    const session = writeBenchSession(folder, gigabytes * 1e9, checked, version, channels);
    const exports: MeasuredExport[] = [];
    for (const gzipLevel of gzipLevels) {
      const nwb = join(home, 'session.nwb');
      const startedMs = performance.now();
      const args = ['--out', nwb, '--gzip', `${gzipLevel}`, '--', folder];
      const outcome = await runAnalysis(platform, 'export', args, () => {});
      if ('refusal' in outcome) {
        setting.printError(`${outcome.refusal.what}. ${outcome.refusal.cure}`);
        return 2;
      }
      const seconds = (performance.now() - startedMs) / 1000;
      const { bytes, peakMemoryMegabytes } = outcome.result;
      exports.push({ gzipLevel, seconds, timesRealTime: session.seconds / seconds, bytes, peakMemoryMegabytes });
      rmSync(nwb);
    }
    const result: ExportBenchResult = { ...session, channels, sampleRateHz: benchSource.sampleRateHz, exports };
    if (options.isJson) setting.print(JSON.stringify(result));
    else for (const line of linesOf(result)) setting.print(line);
    return 0;
  });
}

function linesOf({ bytes, seconds, channels, sampleRateHz, exports }: ExportBenchResult): string[] {
  return [
    `${(bytes / 1e9).toFixed(2)} GB, ${seconds.toFixed(1)} s of ${channels} channels at ${sampleRateHz} Hz`,
    ...exports.map((each) => {
      const how = each.gzipLevel === 0 ? 'not compressed' : `gzip ${each.gzipLevel}`;
      const speed = `${each.seconds.toFixed(1)} s, ${each.timesRealTime.toFixed(1)} times real time`;
      return `${how.padEnd(16)}${speed}, ${(each.bytes / 1e9).toFixed(2)} GB, at most ${each.peakMemoryMegabytes} MB of memory`;
    }),
  ];
}
