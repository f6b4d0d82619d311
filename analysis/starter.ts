// Whoever started the analysis program: an Electron main process, a Node parent or a person at a terminal; analysis process.
import { toDisposable, type Disposable } from '../common/base/disposable.ts';
import { cancelAnalysis, type AnalysisMessage } from '../common/journal/analysis-message.ts';
import { type ChildProcessSide, findParentLine } from './parent-line.ts';

export interface Starter {
  send(message: AnalysisMessage): void;
  /** Calls `cancel` when the starter wants the job to end, or is gone. Keeps the program alive until it is disposed. */
  onCancel(cancel: () => void): Disposable;
}

/** What of a Node process this rests on. */
export type Program = ChildProcessSide & Pick<NodeJS.Process, 'stdout'>;

function isCancel(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === cancelAnalysis.kind;
}

/** Finds out who started the program. */
export function findStarter(program: Program): Starter {
  const parent = findParentLine(program);
  return {
    send(message) {
      if (parent !== undefined) parent.send(message);
      else program.stdout.write(`${JSON.stringify(message)}\n`);
    },
    onCancel(cancel) {
      const listening = parent?.listen({ message: (message) => void (isCancel(message) && cancel()), gone: cancel });
      program.on('SIGTERM', cancel).on('SIGINT', cancel);
      return toDisposable(() => {
        listening?.dispose();
        program.off('SIGTERM', cancel).off('SIGINT', cancel);
      });
    },
  };
}
