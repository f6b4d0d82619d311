// Starts the threads that work on learning rules, and talks with them; analysis process.
import { Worker as Thread } from 'node:worker_threads';
import type { Worker } from './crew.ts';
import type { RuleWork, RuleWorkResult } from './work.ts';

export type RuleWorkerMessage = { readonly fraction: number } | { readonly result: RuleWorkResult };

/** @param file the built rule-worker.js */
export function startWorkerThread(file: string): Worker<RuleWork, RuleWorkResult> {
  const thread = new Thread(file);
  /** Of the piece that is being worked on. */
  let current:
    | { resolve(result: RuleWorkResult): void; reject(error: Error): void; onProgress(fraction: number): void }
    | undefined;
  let failure: Error | undefined;
  const fail = (error: Error) => {
    failure ??= error;
    current?.reject(failure);
  };
  thread.on('message', (message: RuleWorkerMessage) => {
    if ('fraction' in message) current?.onProgress(message.fraction);
    else current?.resolve(message.result);
  });
  thread.on('error', fail);
  thread.on('exit', (code) => fail(new Error(`a thread of the analysis program ended with ${code}`)));
  return {
    work: (piece, onProgress) =>
      new Promise((resolve, reject) => {
        current = { resolve, reject, onProgress };
        if (failure === undefined) thread.postMessage(piece);
        else reject(failure);
      }),
    dispose: () => void thread.terminate(),
  };
}
