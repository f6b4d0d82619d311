// Starts a program of the application as a child process of Node; main process of both shells.
import { fork } from 'node:child_process';
import { Emitter } from '../../common/base/event.ts';
import type { ChildProgram } from '../rig/platform.ts';

const endWithinMilliseconds = 2000;

/** @param path of the built program. @param executable a Node program; undefined: the one that runs */
export function startChildProgram(
  path: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  executable?: string,
): ChildProgram {
  const child = fork(path, [...args], {
    serialization: 'advanced',
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    ...(executable === undefined ? {} : { execPath: executable }),
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
