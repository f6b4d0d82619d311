// Runs the built command line as a user does, for the integration tests.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stationFolderVariable } from '../../main/application/station-folder.ts';
import type { RunResult } from '../../main/shells/node/commands/run-summary.ts';

export const root = join(import.meta.dirname, '..', '..');
export const programsFolder = join(root, 'dist', 'programs');

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts `exocortex` with arguments, on a station of its own unless `environment` names one. @param environment is added to the test's own. */
export function startExocortex(
  args: readonly string[],
  environment: Record<string, string> = {},
): { child: ChildProcess; finished: Promise<Finished>; stderr: () => string } {
  const station = mkdtempSync(join(tmpdir(), 'exocortex-station-'));
  const child = spawn(process.execPath, [join(programsFolder, 'exocortex.js'), ...args], {
    env: { ...process.env, [stationFolderVariable]: station, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const finished = new Promise<Finished>((resolve) =>
    child.once('close', (code) => {
      rmSync(station, { recursive: true, force: true });
      resolve({ code, stdout, stderr });
    }),
  );
  return { child, finished, stderr: () => stderr };
}

/** Runs `exocortex` to its end. */
export function runExocortex(args: readonly string[], environment: Record<string, string> = {}): Promise<Finished> {
  return startExocortex(args, environment).finished;
}

/** The JSON object on the last line of standard output. */
export function lastJson<T>({ stdout, stderr }: Finished): T {
  const line = stdout.trim().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(line) as T;
  } catch {
    throw new Error(`the last line is not JSON: '${line}'\n${stderr}`);
  }
}

export const shippedExperiment = (name: string) => join(root, 'experiments', name, 'experiment.yaml');

/** Records a shipped experiment into `out`. @param more of the command line */
export async function runExperiment(
  out: string,
  name: string,
  seconds: number,
  ...more: string[]
): Promise<Finished & { result: RunResult }> {
  const experiment = shippedExperiment(name);
  const finished = await runExocortex(['run', experiment, '--seconds', `${seconds}`, '--json', '--out', out, ...more]);
  return { ...finished, result: lastJson<RunResult>(finished) };
}
