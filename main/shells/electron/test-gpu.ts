// Finds out, in utility processes that may crash or hang, whether and how a graphics processor can be used under Electron; main process.
import { join } from 'node:path';
import { utilityProcess } from 'electron';
import {
  attemptsInOneProgram,
  crashed,
  firstThatWorks,
  hung,
  readReport,
  type SelfTestReport,
  type SelfTestResult,
} from '../../../common/simulation-protocol/gpu-self-test.ts';

/** A driver that takes longer to start is left alone. */
const selfTestMilliseconds = 5000;

/** Starts the test. @returns what is known of the graphics processor by now. */
export function beginGpuTest(programsFolder: string): () => SelfTestResult {
  let result: SelfTestResult = { works: 'none', reason: 'The self test of the graphics processor is not over yet.' };
  void testGpu(programsFolder, selfTestMilliseconds).then((tested) => (result = tested));
  return () => result;
}

/** @param withinMilliseconds how long each attempt may take; one that hangs is killed */
export function testGpu(programsFolder: string, withinMilliseconds: number): Promise<SelfTestResult> {
  const program = join(programsFolder, 'gpu-self-test.js');
  return firstThatWorks(attemptsInOneProgram, ({ mode }) => tryOnce(program, mode, withinMilliseconds));
}

function tryOnce(program: string, mode: string, withinMilliseconds: number): Promise<SelfTestReport> {
  return new Promise((resolve) => {
    const child = utilityProcess.fork(program, [mode], { serviceName: 'Exocortex GPU self test', stdio: 'ignore' });
    let answer: SelfTestReport | undefined;
    const timer = setTimeout(() => {
      answer ??= hung(withinMilliseconds);
      child.kill();
    }, withinMilliseconds);
    timer.unref();
    child.once('message', (message: unknown) => {
      answer ??= readReport(message);
      child.kill();
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(answer ?? crashed(`exit code ${code}`));
    });
  });
}
