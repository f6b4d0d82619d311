// `exocortex run`: one recorded session without a page. Main process of the plain-Node shell.
import type { CommandName, CommandRefusal, CoreNotice, Diagnostic } from '../../../../common/contract/commands.ts';
import type { LiveHeader } from '../../../../common/contract/streams.ts';
import type { RigStatus } from '../../../../common/contract/rig-status.ts';
import { formatDiagnostic } from '../../../../common/experiment/diagnostic.ts';
import { portPair } from '../../../../common/transport/port-pair.ts';
import { CommandClient, type CommandOutcome } from '../../../../common/transport/rpc.ts';
import { unpackSections } from '../../../../common/transport/sections.ts';
import { type Application, type FinishedSession, startApplication } from '../../../application/application.ts';
import { loadExperiment } from '../../../experiment/load-experiment.ts';
import type { ShellSetting } from '../shell-setting.ts';
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
  operator: string;
}

/** Exit codes of `run`. */
const exitCode = { safeAndComplete: 0, notComplete: 1, badInput: 2 } as const;

class RunProblem extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(refusal: CommandRefusal) {
    super(`${refusal.what}. ${refusal.cure}`);
    this.diagnostics = refusal.diagnostics ?? [];
  }
}

function answerOf<N extends CommandName>(outcome: CommandOutcome<N>) {
  if ('refusal' in outcome) throw new RunProblem(outcome.refusal);
  return outcome.answer;
}

/** A page without a screen: gives commands and hears the status. */
class Operator {
  readonly client: CommandClient;
  #status: RigStatus | undefined;
  #onStatus: (status: RigStatus) => void = () => {};

  constructor(application: Application, onMessage: (text: string) => void) {
    const [near, far] = portPair();
    application.attachPage(far);
    this.client = new CommandClient(
      near,
      (notice) => {
        if (notice.notice === 'message') onMessage(notice.text);
      },
      (bytes) => this.#take(bytes),
    );
  }

  onStatus(listener: (status: RigStatus) => void): void {
    this.#onStatus = listener;
  }

  /** Resolves when `condition` holds. @throws RunProblem after `seconds`. */
  until(condition: (status: RigStatus) => boolean, seconds: number, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () =>
          reject(
            new RunProblem({
              code: 'failed',
              what: `${what} did not happen within ${seconds} s`,
              cure: 'Check the load of this computer and try again.',
            }),
          ),
        seconds * 1000,
      );
      this.onStatus((status) => {
        if (!condition(status)) return;
        clearTimeout(timer);
        this.onStatus(() => {});
        resolve();
      });
    });
  }

  #take(bytes: Uint8Array): void {
    const { header } = unpackSections<LiveHeader, unknown>(bytes);
    this.#status = header.status;
    void this.client.call('live.acknowledge', { frame: header.frame });
    this.#onStatus(this.#status);
  }
}

async function arm(operator: Operator, options: RunOptions): Promise<void> {
  const summary = answerOf(await operator.client.call('arm.request', { operator: options.operator }));
  if (!summary.isReady) {
    const missing = summary.checks
      .filter(({ isPassed }) => !isPassed)
      .map(({ check, detail }) => `${check} (${detail})`);
    throw new RunProblem({
      code: 'not-now',
      what: `the rig cannot be armed: ${missing.join('; ')}`,
      cure: 'Mend this, or record a control run with --disarmed.',
    });
  }
  // The two human acts of arming are the command itself and its experiment file; only a bench, which holds no tissue, may be armed so.
  answerOf(await operator.client.call('arm.confirm', { heldMilliseconds: 1000 }));
}

/** Connects, arms, records until the time is over, and waits for the finished files. */
async function runSession(
  setting: ShellSetting,
  options: RunOptions,
  seconds: number,
  application: Application,
): Promise<FinishedSession> {
  const operator = new Operator(application, setting.printError);
  const { client } = operator;
  const finished = new Promise<FinishedSession>((resolve) => application.onSessionFinished(resolve));
  answerOf(await client.call('live.subscribe', { signal: 'band' }));
  answerOf(await client.call('rig.connect', { file: options.file, pacing: options.isFast ? 'fast' : 'real-time' }));
  await operator.until((status) => status.source.noiseMicrovolts.length > 0, 30, 'the estimate of the noise');
  if (!options.isDisarmed) await arm(operator, options);
  answerOf(await client.call('run.start', { seconds, operator: options.operator }));
  const bar = new ProgressBar(process.stderr, options.isJson && !process.stderr.isTTY);
  operator.onStatus(({ session, interlock, loop, counters }) => {
    if (session.stage === 'recording')
      bar.show(
        session.elapsedSeconds,
        seconds,
        `${interlock.state} · p99 ${loop.recent.p99.toFixed(2)} ms · late ${loop.lateTicks} · deliveries ${counters.deliveries}`,
      );
  });
  void setting.untilInterrupted().then(() => client.call('run.end', {}));
  const session = await finished;
  bar.end();
  return session;
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
  const loaded = await loadExperiment(options.file);
  for (const diagnostic of loaded.diagnostics) setting.printError(formatDiagnostic(diagnostic));
  if (!loaded.ok) return exitCode.badInput;
  const { experiment, limits } = loaded.checked;
  if (!options.isDisarmed && limits.preparation !== 'bench') {
    setting.printError(
      `The limit profile '${limits.name}' is for living tissue: arm on the page, where two people can see it, or record a control run with --disarmed.`,
    );
    return exitCode.badInput;
  }
  const seconds = options.seconds ?? experiment.phases.reduce((sum, phase) => sum + phase.seconds, 0);
  const application = startApplication({
    platform: setting.platform,
    version: setting.version,
    sessionsFolder: options.sessionsFolder,
  });
  try {
    return report(setting, await runSession(setting, options, seconds, application), options.isJson);
  } catch (error) {
    if (!(error instanceof RunProblem)) throw error;
    setting.printError(error.message);
    return exitCode.notComplete;
  } finally {
    await application.end();
  }
}
