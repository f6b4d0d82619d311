// One round: a stimulating program, one of its processes is killed or stopped at a random moment, and the virtual rig's own journal judges.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { stationFolderVariable } from '../../main/application/station-folder.ts';
import { outputJournalVariable } from '../../common/device-protocol/virtual-rig-options.ts';
import { OutputJudge, type Judgement, type OutputEvent } from '../../main/virtual-rig/output-judge.ts';
import { writeBusyExperiment } from './busy-experiment.ts';
import { programOf } from './process-tree.ts';

export const killTargets = ['program', 'simulation', 'virtual-rig'] as const;
export type KillTarget = (typeof killTargets)[number];
export const killSignals = ['SIGKILL', 'SIGSTOP'] as const;
export type KillSignal = (typeof killSignals)[number];

export interface KillRound {
  target: KillTarget;
  signal: KillSignal;
  /** After the first pulses, ms. */
  afterMilliseconds: number;
  /** Of a SIGSTOP, ms. */
  stoppedMilliseconds: number;
}

export interface KillOutcome extends KillRound {
  judgement: Judgement;
  /** Longest time after the signal at which a pulse began, ms, by the device's clock; 0: none did. */
  lastPulseAfterMilliseconds: number;
  /** Whether the output was turned on again after it had gone off. */
  isEnabledAgain: boolean;
  /** What the next start of the program says is latched. */
  latched: string | undefined;
}

const pulsesBefore = 5;
const startWithinMilliseconds = 60_000;
const leaseMilliseconds = 500;

/** Events of the journal as far as it is written. */
function eventsOf(journal: string): OutputEvent[] {
  if (!existsSync(journal)) return [];
  const lines = readFileSync(journal, 'utf8').split('\n').slice(0, -1);
  return lines
    .map((line) => JSON.parse(line) as OutputEvent | { kind: 'judgement' })
    .filter((line): line is OutputEvent => line.kind !== 'judgement');
}

const isPulse = (event: OutputEvent) => event.kind === 'pulse' && !event.isDry;

async function untilStimulating(child: ChildProcess, journal: string): Promise<void> {
  for (let waited = 0; eventsOf(journal).filter(isPulse).length < pulsesBefore; waited += 50) {
    if (child.exitCode !== null || waited > startWithinMilliseconds) throw new Error('the program did not stimulate');
    await wait(50);
  }
}

/** Starts the program once more on the same station, without stimulation. @returns the cause that it says is latched. */
async function latchedCause(
  root: string,
  experiment: string,
  environment: NodeJS.ProcessEnv,
  out: string,
): Promise<string | undefined> {
  const child = spawn(
    process.execPath,
    [join(root, 'dist', 'programs', 'exocortex.js'), 'run', experiment, '--seconds', '1', '--out', out],
    {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let printed = '';
  child.stderr.on('data', (text: Buffer) => (printed += text.toString()));
  await once(child, 'close');
  return /--acknowledge ([a-z-]+)/.exec(printed)?.[1];
}

/** @param root of the repository, with dist/ built. */
export async function runKillRound(root: string, round: KillRound): Promise<KillOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-kill-'));
  const journal = join(folder, 'output.jsonl');
  const environment = {
    ...process.env,
    [stationFolderVariable]: join(folder, 'station'),
    [outputJournalVariable]: journal,
  };
  const experiment = writeBusyExperiment(root, folder);
  const out = join(folder, 'sessions');
  const child = spawn(
    process.execPath,
    [join(root, 'dist', 'programs', 'exocortex.js'), 'run', experiment, '--seconds', '600', '--out', out],
    {
      env: environment,
      stdio: 'ignore',
    },
  );
  try {
    await untilStimulating(child, journal);
    await wait(round.afterMilliseconds);
    const pid = round.target === 'program' ? child.pid! : programOf(child.pid!, round.target);
    if (pid === undefined) throw new Error(`there is no process ${round.target}`);
    const newest = () => eventsOf(journal).at(-1)?.at ?? 0;
    const signalledAt = newest();
    process.kill(pid, round.signal);
    if (round.signal === 'SIGSTOP') {
      await wait(round.stoppedMilliseconds);
      process.kill(pid, 'SIGCONT');
    }
    await wait(2 * leaseMilliseconds);
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await wait(200);
    const events = eventsOf(journal);
    const judge = new OutputJudge();
    for (const event of events) judge.note(event);
    const lastPulse = events.filter(isPulse).at(-1)?.at ?? signalledAt;
    const offAt = events.find(
      (event) => event.at >= signalledAt && (event.kind === 'stopped' || event.kind === 'lapsed'),
    )?.at;
    const isEnabledAgain = events.some((event) => event.kind === 'enabled' && offAt !== undefined && event.at > offAt);
    rmSync(journal, { force: true });
    const latched = await latchedCause(root, experiment, environment, out);
    const lastPulseAfterMilliseconds = Math.max(0, (lastPulse - signalledAt) / 1000);
    return { ...round, judgement: judge.judgement, lastPulseAfterMilliseconds, isEnabledAgain, latched };
  } finally {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What must never be, in words. */
export function wrongWith({ judgement, isEnabledAgain, latched, signal, target }: KillOutcome): string[] {
  const { pulsesPastLease, unbalancedPulses, pulsesOfBurnedSessions, repeatedPulses, pulses } = judgement;
  return [
    ...(pulses >= pulsesBefore ? [] : ['nothing was stimulated']),
    ...(pulsesPastLease === 0 ? [] : [`${pulsesPastLease} pulses past the lease`]),
    ...(unbalancedPulses === 0 ? [] : [`${unbalancedPulses} unbalanced pulses`]),
    ...(pulsesOfBurnedSessions === 0 ? [] : [`${pulsesOfBurnedSessions} pulses of burned sessions`]),
    ...(repeatedPulses === 0 ? [] : [`${repeatedPulses} repeated pulses`]),
    ...(isEnabledAgain ? ['the output was turned on again by itself'] : []),
    ...(latched === undefined && (signal === 'SIGKILL' || target === 'program')
      ? ['the next start knows nothing of it']
      : []),
  ];
}
