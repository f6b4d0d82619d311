// What all halves of a device have in common: they speak over one connection, and tell what becomes of it; runs in the rig and watchdog threads.
import type { DeviceHalf } from './device.ts';
import type { DeviceConnection } from './device-connection.ts';

export abstract class ConnectionHalf implements DeviceHalf {
  protected readonly connection: DeviceConnection;

  /** @param connection belongs to the half from now on */
  constructor(connection: DeviceConnection) {
    this.connection = connection;
  }

  get identity() {
    return this.connection.identity;
  }

  get newestPair() {
    return this.connection.time.newest;
  }

  get refusedFrames() {
    return this.connection.refusedFrames;
  }

  get onBadFrame() {
    return this.connection.onBadFrame;
  }

  get onRejected() {
    return this.connection.onRejected;
  }

  get onClosed() {
    return this.connection.onClosed;
  }

  dispose(): void {
    this.connection.dispose();
  }
}
