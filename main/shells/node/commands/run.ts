// `exocortex run`: one recorded session without a page. Main process of the plain-Node shell.
import { hasStimulator } from '../../../../common/experiment/checked-experiment.ts';
import { formatDiagnostic } from '../../../../common/experiment/diagnostic.ts';
import type { FaultCode } from '../../../../common/contract/faults.ts';
import type { Application } from '../../../application/application.ts';
import type { FinishedSession } from '../../../application/finish-session.ts';
import { today } from '../../../application/session-time.ts';
import { loadExperiment } from '../../../experiment/load-experiment.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { HeadlessOperator, RefusedCommand } from './headless-operator.ts';
import { holdTerminal } from '../hold-terminal.ts';
import { tryStart } from '../try-start.ts';
import { ProgressBar } from './progress-bar.ts';
import { type RunResult, runResult, runWords } from './run-summary.ts';

export interface RunOptions {
  file: string;
  /** Without it: the sum of the experiment's phases. */
  seconds: number | undefined;
  sessionsFolder: string;
  isJson: boolean;
  isFast: boolean;
  /** A control run: everything but stimulation. */
  isDisarmed: boolean;
  /** Saved state of the population to go on from; undefined: it begins anew. */
  startFrom: string | undefined;
  operator: string;
  /** Cause that an earlier run has left latched, named by the operator; undefined: none. */
  acknowledge: FaultCode | undefined;
}

/** Exit codes of `run`. */
const exitCode = { safeAndComplete: 0, notComplete: 1, badInput: 2 } as const;

/** Connects, arms, records until the time is over, and waits for the finished files. */
async function runSession(
  setting: ShellSetting,
  options: RunOptions,
  seconds: number,
  application: Application,
): Promise<FinishedSession> {
  const operator = new HeadlessOperator(application, setting.printError);
  const finished = new Promise<FinishedSession>((resolve) => application.onSessionFinished(resolve));
  await operator.connect(options.file, options.isFast ? 'fast' : 'real-time', options.startFrom);
  if (options.acknowledge !== undefined) await operator.acknowledge(options.acknowledge);
  const latched = operator.status?.interlock.firstCause;
  if (latched !== undefined && !options.isDisarmed)
    throw new RefusedCommand({
      what: `a cause is latched: ${latched.message.replace(/\.$/, '')}`,
      cure: `Look at the preparation and at the last session, then add --acknowledge ${latched.code}`,
    });
  // The two human acts of arming are the command itself and its experiment file: only a bench, which holds no tissue, may be armed so.
  if (!options.isDisarmed) await operator.arm(options.operator);
  await operator.give('run.start', { seconds, operator: options.operator });
  const bar = new ProgressBar(process.stderr, options.isJson && !process.stderr.isTTY);
  operator.onStatus(({ session, interlock, loop, counters }) => {
    if (session.stage !== 'recording') return;
    const words = `${interlock.state} · p99 ${loop.recent.p99.toFixed(2)} ms · late ${loop.lateTicks} · deliveries ${counters.deliveries}`;
    bar.show(session.elapsedSeconds, seconds, words);
  });
  void setting.untilInterrupted().then(() => operator.give('run.end', {}));
  letGoAfterRecording(operator);
  const keys = holdTerminal(setting, application);
  try {
    return await finished;
  } finally {
    keys.dispose();
    bar.end();
  }
}

/** Disconnects once the recording is closed: its summary and its files are made on a computer that has no rig to run any more. */
function letGoAfterRecording(operator: HeadlessOperator): void {
  let isRecording = false;
  operator.onStatus(({ session: { stage } }) => {
    if (stage === 'recording') isRecording = true;
    else if (stage === 'live' && isRecording) {
      isRecording = false;
      // Refused by a rig that is gone by itself.
      void operator.give('rig.disconnect', {}).catch(() => undefined);
    }
  });
}

function report(setting: ShellSetting, { folder, summary, nwb, problem }: FinishedSession, isJson: boolean): number {
  if (summary === undefined) {
    setting.printError(`The session in ${folder} could not be summarised: ${problem ?? 'unknown'}`);
    return exitCode.notComplete;
  }
  const result: RunResult = runResult(summary, folder, nwb);
  setting.print(isJson ? JSON.stringify(result) : runWords(result));
  return result.complete ? exitCode.safeAndComplete : exitCode.notComplete;
}

/** @returns 0 only when the session was complete and safe, 2 for bad input, else 1. */
export async function run(setting: ShellSetting, options: RunOptions): Promise<number> {
  const { stationFolder } = setting.platform;
  const loaded = await loadExperiment(options.file, { stationFolder, today: today() });
  for (const diagnostic of loaded.diagnostics) setting.printError(formatDiagnostic(diagnostic));
  if (!loaded.ok) return exitCode.badInput;
  const { experiment, limits } = loaded.checked;
  if (hasStimulator(experiment) && !options.isDisarmed && limits.preparation !== 'bench') {
    setting.printError(
      `The limit profile '${limits.name}' is for living tissue: arm on the page, where two people can see it, or record a control run with --disarmed.`,
    );
    return exitCode.badInput;
  }
  const isDisarmed = options.isDisarmed || !hasStimulator(experiment);
  const seconds = options.seconds ?? experiment.phases.reduce((sum, phase) => sum + phase.seconds, 0);
  const application = tryStart(setting, options.sessionsFolder);
  if (application === undefined) return exitCode.notComplete;
  try {
    return report(setting, await runSession(setting, { ...options, isDisarmed }, seconds, application), options.isJson);
  } catch (error) {
    if (!(error instanceof RefusedCommand)) throw error;
    setting.printError(error.message);
    return exitCode.notComplete;
  } finally {
    await application.end();
  }
}
