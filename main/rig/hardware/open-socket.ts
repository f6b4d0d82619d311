// Opens the socket of a device that may still be starting; runs in the rig and watchdog threads.
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { DeviceTransport } from './device-transport.ts';
import { hostClock } from './host-clock.ts';

const retryMilliseconds = 20;
/** What a device that does not listen yet looks like. */
const notYetCodes: ReadonlySet<unknown> = new Set(['ENOENT', 'ECONNREFUSED']);

/** @throws Error when nobody has listened at `address` in time, or at once when it can never be opened */
export async function openSocket(address: string, timeoutMilliseconds: number): Promise<DeviceTransport> {
  const deadlineNs = hostClock.nowNs() + timeoutMilliseconds * 1e6;
  for (;;) {
    try {
      return over(await connected(connect(address)));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (!notYetCodes.has(code) || hostClock.nowNs() >= deadlineNs) {
        throw new Error(`the device at ${address} cannot be reached (${String(code)}): is it running?`, {
          cause: error,
        });
      }
    }
    await wait(retryMilliseconds);
  }
}

function over(socket: Socket): DeviceTransport {
  socket.setNoDelay(true);
  return {
    write: (bytes) => void socket.write(bytes),
    close: () => socket.destroySoon(),
    destroy: () => socket.destroy(),
    onData: (listener) => void socket.on('data', listener),
    onClosed(listener) {
      socket.on('error', (error) => listener(`the connection to the device failed: ${error.message}`));
      socket.on('close', () => listener('the device closed the connection'));
    },
  };
}

function connected(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
