// A keep-alive handle that writes down what it is told, for tests of the watchdog.
import { Emitter } from '../../../common/base/event.ts';
import type { DeviceClosed, DeviceKeepAlive, HeardStatus } from '../hardware/device.ts';

export class FakeKeepAlive {
  /** 'renew 7', 'stop 7', 'stop' without a session, 'dispose'; oldest first. */
  readonly calls: string[] = [];
  readonly #statuses = new Emitter<HeardStatus>();
  readonly #closed = new Emitter<DeviceClosed>();

  /** As far as the watchdog uses one. */
  readonly handle = {
    renew: (session) => void this.calls.push(`renew ${session}`),
    stop: (session) => void this.calls.push(session === undefined ? 'stop' : `stop ${session}`),
    onStatus: this.#statuses.event,
    onClosed: this.#closed.event,
    dispose: () => void this.calls.push('dispose'),
  } satisfies Partial<DeviceKeepAlive> as DeviceKeepAlive;

  /** The device says this. */
  say(status: HeardStatus): void {
    this.#statuses.fire(status);
  }

  /** The connection ends. */
  close(message: string): void {
    this.#closed.fire({ reason: 'disconnected', message });
  }
}
