// The line to the process that started this program: Electron's main process or a Node parent; analysis process.
import { toDisposable, type Disposable } from '../common/base/disposable.ts';

export interface ParentLine {
  /** A parent that is gone is told nothing. */
  send(message: object): void;
  /** Keeps the program alive until it is disposed. */
  listen(listeners: { message: (message: unknown) => void; gone: () => void }): Disposable;
}

/** Electron's line from a utility process to the main process; Node's types do not know it. */
interface ParentPort {
  postMessage(message: object): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  off(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** What of a Node process this rests on. */
export type ChildProcessSide = Pick<NodeJS.Process, 'on' | 'off' | 'connected'> & {
  send?:
    | ((message: object, handle: undefined, options: undefined, onSent: (error: Error | null) => void) => boolean)
    | undefined;
  parentPort?: unknown;
};

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value;
}

/** @returns undefined when a person started the program. */
export function findParentLine(program: ChildProcessSide): ParentLine | undefined {
  const { parentPort } = program;
  if (isParentPort(parentPort)) {
    return {
      send: (message) => parentPort.postMessage(message),
      // Electron ends a utility process whose main process is gone.
      listen({ message }) {
        const onEvent = ({ data }: { data: unknown }) => message(data);
        parentPort.on('message', onEvent);
        return toDisposable(() => parentPort.off('message', onEvent));
      },
    };
  }
  if (program.send === undefined) return undefined;
  return {
    send(message) {
      // A parent that goes away meanwhile is no error of this program: `gone` tells of it.
      if (program.connected) program.send?.(message, undefined, undefined, () => {});
    },
    // Without a listener the line to a Node parent no longer keeps the program alive.
    listen({ message, gone }) {
      program.on('message', message).on('disconnect', gone);
      return toDisposable(() => void program.off('message', message).off('disconnect', gone));
    },
  };
}
