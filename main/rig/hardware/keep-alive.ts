// The watchdog's own handle to a device: keeps the output alive, or ends it; runs in the watchdog thread.
import type { Clock } from '../../../common/base/clock.ts';
import { messageTypes, renewLayout, stopLayout } from '../../../common/device-protocol/messages.ts';
import type { DeviceKeepAlive } from './device.ts';
import { DeviceConnection, type ConnectOptions } from './device-connection.ts';
import { hostClock } from './host-clock.ts';

/** @throws Error when the device cannot be reached, or does not accept this client */
export async function connectKeepAlive(
  address: string,
  token: string,
  options: ConnectOptions = {},
): Promise<DeviceKeepAlive> {
  const connection = await DeviceConnection.open(address, 'watchdog', token, options);
  return new KeepAlive(connection, options.clock ?? hostClock);
}

class KeepAlive implements DeviceKeepAlive {
  readonly #connection: DeviceConnection;
  readonly #clock: Clock;

  constructor(connection: DeviceConnection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  get identity() {
    return this.#connection.identity;
  }

  get onStatus() {
    return this.#connection.onStatus;
  }

  get onClosed() {
    return this.#connection.onClosed;
  }

  renew(session: number): void {
    // Its lease is known once the device has said that this session is on; ENABLE itself began the first one.
    const { status } = this.#connection;
    if (status.session !== session) return;
    const leaseExpiryMicroseconds = Math.floor(this.#clock.nowNs() / 1000) + status.leaseMicroseconds;
    this.#connection.send(messageTypes.renew, renewLayout.encode({ session, leaseExpiryMicroseconds }));
  }

  stop(session = this.#connection.status.session): void {
    this.#connection.send(messageTypes.stop, stopLayout.encode({ session }));
  }

  dispose(): void {
    this.#connection.dispose();
  }
}
