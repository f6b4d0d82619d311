// Whoever started the analysis program: an Electron main process, a Node parent or a person at a terminal; analysis process.
import { toDisposable, type Disposable } from '../common/base/disposable.ts';
import { cancelAnalysis, type AnalysisMessage } from '../common/journal/analysis-message.ts';

export interface Starter {
  send(message: AnalysisMessage): void;
  /** Calls `cancel` when the starter wants the job to end, or is gone. Keeps the program alive until it is disposed. */
  onCancel(cancel: () => void): Disposable;
}

/** Electron's line from a utility process to the main process; Node's types do not know it. */
interface ParentPort {
  postMessage(message: AnalysisMessage): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  off(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** What of a Node process this rests on. */
export type Program = Pick<NodeJS.Process, 'on' | 'off' | 'stdout' | 'connected'> & {
  send?: ((message: AnalysisMessage) => boolean) | undefined;
  parentPort?: unknown;
};

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value;
}

function isCancel(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === cancelAnalysis.kind;
}

/** Finds out who started the program. */
export function findStarter(program: Program): Starter {
  const { parentPort } = program;
  const port = isParentPort(parentPort) ? parentPort : undefined;
  return {
    send(message) {
      if (port) port.postMessage(message);
      // A parent that is gone is told nothing.
      else if (program.send) void (program.connected && program.send(message));
      else program.stdout.write(`${JSON.stringify(message)}\n`);
    },
    onCancel(cancel) {
      const onMessage = (message: unknown) => {
        if (isCancel(message)) cancel();
      };
      const onEvent = ({ data }: { data: unknown }) => onMessage(data);
      port?.on('message', onEvent);
      if (program.send) program.on('message', onMessage).on('disconnect', cancel);
      program.on('SIGTERM', cancel).on('SIGINT', cancel);
      return toDisposable(() => {
        port?.off('message', onEvent);
        // Without a listener the line to a Node parent no longer keeps the program alive.
        program.off('message', onMessage).off('disconnect', cancel).off('SIGTERM', cancel).off('SIGINT', cancel);
      });
    },
  };
}
