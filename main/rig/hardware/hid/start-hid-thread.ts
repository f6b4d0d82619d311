// Has a HID thread started by the main thread, and gives its user's end; runs in the rig and watchdog threads.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { HidUser } from './hid-user.ts';

/** Gives a line to the system's HID devices; it opens no device by itself. */
export type OpenHidUser = () => HidUser;

/** Asks the main thread for a HID thread at the other end of `port`. It ends by itself when the port closes. */
export interface StartHidThread {
  readonly kind: 'start-hid-thread';
  readonly port: MessagePort;
}

/**
 * The main thread owns the thread, since a thread that has a HID device open must not end with the one that uses it: ended from outside it ends the
 * whole program.
 * @param ask posts to the main thread. Disposing the user ends the thread.
 */
export function startHidThread(ask: (message: StartHidThread, transfer: MessagePort[]) => void): HidUser {
  const { port1, port2 } = new MessageChannel();
  ask({ kind: 'start-hid-thread', port: port2 }, [port2]);
  return new HidUser(port1);
}
