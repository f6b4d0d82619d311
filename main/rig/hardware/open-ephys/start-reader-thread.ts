// Starts the thread that reads the GUI's stream; runs in the rig thread.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { toDisposable } from '../../../../common/base/disposable.ts';
import type { OpenEphysOptions } from './open-ephys-session.ts';

/** @param programsFolder where the built threads lie */
export function readerThreadIn(programsFolder: string): OpenEphysOptions['startReader'] {
  const name = 'open-ephys-reader-thread';
  return (start, port) => {
    const thread = new Worker(join(programsFolder, `${name}.js`), { workerData: start, transferList: [port], name });
    return toDisposable(() => void thread.terminate());
  };
}
