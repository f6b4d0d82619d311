// Puts the virtual device behind a local socket and gives it its time; runs in the virtual rig.
import { createServer, type Socket } from 'node:net';
import { type Disposable, toDisposable } from '../../common/base/disposable.ts';
import type { DeviceClient, Link } from './device-client.ts';
import type { VirtualDevice } from './virtual-device.ts';

/** Longest time without a poll, without any traffic: with what a timer is late, a lapsed lease is noticed within 5 ms. */
const housekeepingMilliseconds = 2;

export interface DeviceServer extends Disposable {
  /** Lets the device do what is due. */
  pump(): void;
}

/**
 * @param address path of a Unix socket in a folder that only this user can read, or name of a Windows pipe
 * @param onConnections called with the number of open connections whenever it changes
 * @returns when clients can connect; disposing, as well as unplugging the device, closes all connections
 * @throws Error when the address cannot be listened on
 */
export async function serveDevice(
  device: VirtualDevice,
  address: string,
  onConnections: (open: number) => void = () => {},
): Promise<DeviceServer> {
  const clients = new Map<Socket, DeviceClient>();
  let isPumping = false;
  const pump = () => {
    if (!device.poll() || isPumping) return;
    isPumping = true;
    setImmediate(() => {
      isPumping = false;
      pump();
    });
  };
  const server = createServer((socket) => {
    const client = device.connect(linkTo(socket));
    clients.set(socket, client);
    socket.on('data', (bytes) => {
      client.take(bytes);
      pump();
    });
    // What went wrong with a socket does not matter to a device: it is closed either way.
    socket.on('error', () => {});
    socket.on('close', () => {
      client.gone();
      clients.delete(socket);
      onConnections(clients.size);
    });
    onConnections(clients.size);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  const unplugged = device.onUnplugged(() => dispose());
  const housekeeping = setInterval(pump, housekeepingMilliseconds);
  const { dispose } = toDisposable(() => {
    clearInterval(housekeeping);
    unplugged.dispose();
    server.close();
    for (const client of clients.values()) client.cut();
  });
  return { pump, dispose };
}

function linkTo(socket: Socket): Link {
  return {
    send: (frame) => void socket.write(frame),
    get bufferedBytes() {
      return socket.writableLength;
    },
    close: () => socket.destroySoon(),
    destroy: () => socket.destroy(),
  };
}
