// Finds out, in processes that may crash or hang, whether and how a graphics processor can be used; simulation process.
import { fork } from 'node:child_process';
import {
  crashed,
  firstThatWorks,
  hung,
  readReport,
  type SelfTestAttempt,
  type SelfTestReport,
  type SelfTestResult,
} from '../../../common/simulation-protocol/gpu-self-test.ts';

interface Attempt extends SelfTestAttempt {
  /** A Node program; undefined: the one that runs. */
  readonly executable?: string;
}

/**
 * Not under Electron: its program started again would be the whole application.
 * @param program path of the built self test
 * @param attempts in order of preference
 * @param withinMilliseconds how long each may take; one that hangs is killed
 */
export function runSelfTest(
  program: string,
  attempts: readonly Attempt[],
  withinMilliseconds: number,
): Promise<SelfTestResult> {
  return firstThatWorks(attempts, (attempt) => tryOnce(program, attempt, withinMilliseconds));
}

function tryOnce(program: string, { mode, executable }: Attempt, withinMilliseconds: number): Promise<SelfTestReport> {
  return new Promise((resolve) => {
    const child = fork(program, [mode], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
      ...(executable === undefined ? {} : { execPath: executable }),
    });
    let answer: SelfTestReport | undefined;
    const timer = setTimeout(() => {
      answer ??= hung(withinMilliseconds);
      child.kill('SIGKILL');
    }, withinMilliseconds);
    const end = (report: SelfTestReport) => {
      clearTimeout(timer);
      resolve(answer ?? report);
    };
    child.once('message', (message) => {
      answer ??= readReport(message);
    });
    child.once('error', ({ message }) => end({ reason: `The self test cannot be started: ${message}` }));
    child.once('exit', (code, signal) => end(crashed(signal ?? `exit code ${code}`)));
  });
}
