// Starts the thread that reads RHX's data ports; runs in the rig thread.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { toDisposable } from '../../../../common/base/disposable.ts';
import type { RhxSessionOptions } from './rhx-session.ts';

/** @param programsFolder where the built threads lie */
export function readerThreadIn(programsFolder: string): RhxSessionOptions['startReader'] {
  const name = 'rhx-reader-thread';
  return (start, port) => {
    const thread = new Worker(join(programsFolder, `${name}.js`), { workerData: start, transferList: [port], name });
    return toDisposable(() => void thread.terminate());
  };
}
