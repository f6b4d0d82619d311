// What Electron gives to the core: utility processes and the blocker of sleep; main process.
import { join } from 'node:path';
import { powerSaveBlocker, utilityProcess } from 'electron';
import { toDisposable } from '../../../common/base/disposable.ts';
import { Emitter } from '../../../common/base/event.ts';
import { type SelfTestResult, toEnvironment } from '../../../common/simulation-protocol/gpu-self-test.ts';
import type { ChildProgram, Platform, ProgramName } from '../../rig/platform.ts';
import { startChildProgram } from '../start-child-program.ts';
import { findNode } from './find-node.ts';

/**
 * @param folders where the built programs and the application's own files are
 * @param gpuTest what is known of the graphics processor, for the simulation
 */
export function createElectronPlatform(
  folders: Pick<Platform, 'programsFolder' | 'applicationFolder' | 'stationFolder'>,
  gpuTest: () => SelfTestResult,
): Platform {
  return {
    shell: 'electron',
    ...folders,
    startProgram(name, args, environment = {}) {
      const { programsFolder, applicationFolder } = folders;
      // Dawn works in a plain Node program, but not under Electron, which forbids the buffers that it hands out.
      const node = name === 'simulation' ? findNode(applicationFolder, process.env, process.platform) : undefined;
      return node === undefined
        ? startProgram(programsFolder, name, args, {
            ...environment,
            ...(name === 'simulation' ? toEnvironment(gpuTest()) : {}),
          })
        : startChildProgram(join(programsFolder, `${name}.js`), args, environment, node);
    },
    preventSleep() {
      const blocker = powerSaveBlocker.start('prevent-app-suspension');
      return toDisposable(() => powerSaveBlocker.stop(blocker));
    },
  };
}

function startProgram(
  programsFolder: string,
  name: ProgramName,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): ChildProgram {
  const messages = new Emitter<unknown>();
  const exits = new Emitter<{ code: number | null; signal: string | null }>();
  const child = utilityProcess.fork(join(programsFolder, `${name}.js`), [...args], {
    serviceName: `Exocortex ${name}`,
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  });
  child.on('message', (message: unknown) => messages.fire(message));
  child.once('exit', (code) => exits.fire({ code, signal: null }));
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    onMessage: messages.event,
    onExit: exits.event,
    dispose: () => void child.kill(),
  };
}
