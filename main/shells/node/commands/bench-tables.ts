// What the commands that measure a device have in common: their thread, and the lines that they print. Main process of the plain-Node shell.
import { Worker } from 'node:worker_threads';
import type { FuzzResult } from '../../../../common/bench/fuzz-result.ts';
import type { TimeSpread } from '../../../../common/bench/time-spread.ts';

/** What a bench's thread answers: its result, or why the device cannot be used. */
export type BenchOutcome<Answer> = { answer: Answer } | { problem: string };

/** @param path of the built thread, which answers once */
export function inBenchThread<Answer>(path: string, workerData: object): Promise<BenchOutcome<Answer>> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(path, { workerData });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the bench thread ended with code ${code}`)));
  });
}

const row = (name: string, cells: readonly string[]) =>
  `${name.padEnd(36)}${(cells[0] ?? '').padStart(8)}${cells
    .slice(1)
    .map((cell) => cell.padStart(10))
    .join('')}`;

export const spreadHeader = row('ms', ['count', 'p5', 'median', 'p95', 'p99', 'p99.9', 'max']);

export const spreadRow = (name: string, { count, p5, p50, p95, p99, p999, max }: TimeSpread): string =>
  row(name, [String(count), ...[p5, p50, p95, p99, p999, max].map((value) => value.toFixed(2))]);

/** @param what was damaged, such as 'waveform stream' */
export const fuzzRow = (what: string, { damaged, accepted, wrong, crashes, longestMs }: FuzzResult): string =>
  `${what}: ${damaged} damaged, ${accepted} accepted, ${wrong} wrong, ${crashes} crashes, longest ${longestMs.toFixed(1)} ms`;
