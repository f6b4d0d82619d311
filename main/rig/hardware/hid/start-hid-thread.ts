// Starts a HID thread and gives its user's end; runs in the rig and watchdog threads.
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { Emitter } from '../../../../common/base/event.ts';
import type { FromHid } from './hid-messages.ts';
import { HidUser, type UserPort } from './hid-user.ts';

/** Gives a line to the system's HID devices; it opens no device by itself. */
export type OpenHidUser = () => HidUser;

/** @param programsFolder of the built threads. Disposing the user ends the thread. */
export function startHidThread(programsFolder: string): HidUser {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(join(programsFolder, 'hid-rig-thread.js'), {
    workerData: { port: port2 },
    transferList: [port2],
    name: 'hid-rig-thread',
  });
  const messages = new Emitter<FromHid>();
  const ended = (why: string) =>
    messages.fire({ kind: 'fault', fault: { code: 'unsupported', message: `the HID thread has ended: ${why}` } });
  port1.on('message', (message: FromHid) => messages.fire(message));
  worker.on('error', (error) => ended(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => {
    ended(`code ${code}`);
    port1.close();
  });
  const port: UserPort = {
    postMessage: (message) => port1.postMessage(message),
    on: (_, listener) => messages.event(listener),
  };
  return new HidUser(port);
}
