// Starts a thread that reads what a recorder sends; runs in the rig thread.
import { join } from 'node:path';
import { type MessagePort, Worker } from 'node:worker_threads';
import { type Disposable, toDisposable } from '../../../common/base/disposable.ts';

export type ReaderThreadName = 'rhx-reader-thread' | 'open-ephys-reader-thread';

/** @param programsFolder where the built threads lie @returns starts it; the port, which is part of `start`, is transferred */
export function readerThreadIn(programsFolder: string, name: ReaderThreadName) {
  return (start: object, port: MessagePort): Disposable => {
    const thread = new Worker(join(programsFolder, `${name}.js`), { workerData: start, transferList: [port], name });
    return toDisposable(() => void thread.terminate());
  };
}
