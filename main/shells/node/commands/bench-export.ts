// `exocortex bench export`: how fast a session becomes an NWB file, and in how much memory, on one that it writes and removes. Main process of the plain-Node shell.
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAnalysis } from '../../../application/run-analysis.ts';
import { today } from '../../../application/session-time.ts';
import { loadExperiment } from '../../../experiment/load-experiment.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { benchSource, writeBenchSession, type WrittenSession } from './bench-review/write-session.ts';

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
export async function benchExport(setting: ShellSetting, options: ExportBenchOptions): Promise<number> {
  const { platform, version } = setting;
  const { channels, gigabytes } = options;
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize < 2.2 * gigabytes * 1e9) {
    setting.printError(
      `${tmpdir()} has no room for a session of ${gigabytes} GB and its NWB file: make room, or give less by --gigabytes.`,
    );
    return 2;
  }
  const file = join(platform.applicationFolder, 'experiments', 'closed-loop-virtual', 'experiment.yaml');
  const experiment = await loadExperiment(file, { stationFolder: platform.stationFolder, today: today() });
  if (!experiment.ok) {
    setting.printError(`${file} cannot be used: 'exocortex validate' says why.`);
    return 2;
  }
  const home = mkdtempSync(join(tmpdir(), 'exocortex-bench-export-'));
  try {
    const folder = join(home, 'session');
    const session = writeBenchSession(folder, gigabytes * 1e9, experiment.checked, version, channels);
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
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
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
