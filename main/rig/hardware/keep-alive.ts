// The watchdog's own handle to a device: keeps the output alive, or ends it; runs in the watchdog thread.
import { messageTypes, renewLayout, stopLayout } from '../../../common/device-protocol/messages.ts';
import { ConnectionHalf } from './connection-half.ts';
import type { DeviceKeepAlive } from './device.ts';
import { DeviceConnection, type ConnectOptions } from './device-connection.ts';
import type { DeviceTransport } from './device-transport.ts';

/** @throws Error when the device cannot be reached, or does not accept this client */
export async function connectKeepAlive(
  address: string,
  token: string,
  options: ConnectOptions = {},
): Promise<DeviceKeepAlive> {
  return new KeepAlive(await DeviceConnection.open(address, 'watchdog', token, options));
}

/** The same over bytes that are there already. @throws Error when the device does not accept this client */
export async function connectKeepAliveOver(
  transport: DeviceTransport,
  token: string,
  options: ConnectOptions = {},
): Promise<DeviceKeepAlive> {
  return new KeepAlive(await DeviceConnection.over(transport, 'watchdog', token, options));
}

class KeepAlive extends ConnectionHalf implements DeviceKeepAlive {
  /** STOP of the newest session, ready to be sent. */
  #ready: { session: number; frame: Uint8Array };

  constructor(connection: DeviceConnection) {
    super(connection);
    this.#ready = this.#sealStop(connection.status.session);
    connection.onStatus(({ session }) => {
      if (session !== this.#ready.session) this.#ready = this.#sealStop(session);
    });
  }

  get onStatus() {
    return this.connection.onStatus;
  }

  renew(session: number): void {
    // Its lease is known once the device has said that this session is on; ENABLE itself began the first one.
    const { status, time, clock } = this.connection;
    if (status.session !== session) return;
    const leaseExpiryMicroseconds = time.toDevice(clock.nowNs()) + status.leaseMicroseconds;
    this.connection.send(messageTypes.renew, renewLayout.encode({ session, leaseExpiryMicroseconds }));
  }

  stop(session = this.#ready.session): void {
    const { frame } = session === this.#ready.session ? this.#ready : this.#sealStop(session);
    this.connection.sendSealed(frame);
  }

  #sealStop(session: number): { session: number; frame: Uint8Array } {
    return { session, frame: this.connection.sealed(messageTypes.stop, stopLayout.encode({ session })) };
  }
}
