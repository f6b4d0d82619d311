// The plain-Node shell's Platform: programs are child processes. Main process.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { Emitter } from '../../../common/base/event.ts';
import type { ChildProgram, Platform, ProgramName } from '../../rig/platform.ts';

const endWithinMilliseconds = 2000;

function startProgram(
  programsFolder: string,
  name: ProgramName,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): ChildProgram {
  const child = fork(join(programsFolder, `${name}.js`), [...args], {
    serialization: 'advanced',
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const onMessage = new Emitter<unknown>();
  const onExit = new Emitter<{ code: number | null; signal: string | null }>();
  let hasExited = false;
  const exited = (code: number | null, signal: string | null) => {
    if (hasExited) return;
    hasExited = true;
    onExit.fire({ code, signal });
  };
  child.on('message', (message) => onMessage.fire(message));
  child.on('exit', exited);
  child.on('error', () => exited(null, 'could not be started'));
  return {
    pid: child.pid,
    onMessage: onMessage.event,
    onExit: onExit.event,
    send: (message) => void (child.connected && child.send(message as object)),
    dispose() {
      if (hasExited) return;
      // Programs end by themselves when the line to their parent closes; one that hangs is killed.
      if (child.connected) child.disconnect();
      setTimeout(() => child.kill('SIGKILL'), endWithinMilliseconds).unref();
    },
  };
}

/**
 * @param programsFolder where the built threads and programs are. @param applicationFolder holds experiments/, resources/ and native/.
 * @param stationFolder of this computer's installation.
 */
export function nodePlatform(programsFolder: string, applicationFolder: string, stationFolder: string): Platform {
  return {
    shell: 'node',
    programsFolder,
    applicationFolder,
    stationFolder,
    startProgram: (name, args, environment = {}) => startProgram(programsFolder, name, args, environment),
    preventSleep: () => ({
      unsupported: 'Plain Node cannot keep this computer awake: switch its sleep off before a long recording.',
    }),
  };
}
