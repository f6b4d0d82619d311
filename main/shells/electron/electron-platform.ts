// What Electron gives to the core: utility processes and the blocker of sleep; main process.
import { join } from 'node:path';
import { powerSaveBlocker, utilityProcess } from 'electron';
import { toDisposable } from '../../../common/base/disposable.ts';
import { Emitter } from '../../../common/base/event.ts';
import type { ChildProgram, Platform, ProgramName } from '../../rig/platform.ts';

/** @param folders where the built programs and the application's own files are */
export function createElectronPlatform(
  folders: Pick<Platform, 'programsFolder' | 'applicationFolder' | 'stationFolder'>,
): Platform {
  return {
    shell: 'electron',
    ...folders,
    startProgram: (name, args, environment = {}) => startProgram(folders.programsFolder, name, args, environment),
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
