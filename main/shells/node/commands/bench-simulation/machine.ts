// What the bench runs on. Main process of the plain-Node shell.
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

export interface Machine {
  processor: string;
  processors: number;
  memoryGigabytes: number;
  system: string;
  node: string;
  /** Processes that wanted to run in the last minute before the bench began; not known under Windows. */
  loadAverage: number | null;
  /** Vector instructions of the native back end, where they are known. */
  instructionSet: string | null;
  brian2: string | null;
}

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    processors: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 1e8) / 10,
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    loadAverage: process.platform === 'win32' ? null : Math.round(loadavg()[0]! * 100) / 100,
    instructionSet: null,
    brian2: null,
  };
}
