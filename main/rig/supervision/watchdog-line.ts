// The rig thread's line to the watchdog thread. Rig thread.
import type { MessagePort } from 'node:worker_threads';
import type { HeardStatus } from '../hardware/device.ts';
import type { DeviceAddress, FromWatchdog, ToWatchdog } from './watchdog-messages.ts';
import type { WatchdogCause } from './watchdog-round.ts';

/** What the rig does when the watchdog speaks. */
export interface WatchdogListener {
  onStopped(cause: WatchdogCause, silentMilliseconds: number): void;
  onLost(message: string): void;
  onStatus(status: HeardStatus): void;
}

export class WatchdogLine {
  readonly #port: MessagePort;
  #listener: WatchdogListener | undefined;
  #settleAttach: ((problem: string | undefined) => void) | undefined;
  #settleGuard: { session: number; resolve: () => void } | undefined;

  constructor(port: MessagePort) {
    this.#port = port;
    port.on('message', (message: FromWatchdog) => this.#take(message));
  }

  listen(listener: WatchdogListener | undefined): void {
    this.#listener = listener;
  }

  /** Opens the watchdog's own handle to the stimulator. @returns why it could not, or undefined. */
  attach(device: DeviceAddress, beatMaxMilliseconds: number): Promise<string | undefined> {
    return new Promise((resolve) => {
      this.#settleAttach = resolve;
      this.#send({ kind: 'attach', device, beatMaxMilliseconds });
    });
  }

  /** Names the session whose lease is to be renewed. Resolves when the watchdog watches it. */
  guard(session: number): Promise<void> {
    return new Promise((resolve) => {
      this.#settleGuard = { session, resolve };
      this.#send({ kind: 'session', session });
    });
  }

  detach(): void {
    this.#send({ kind: 'detach' });
  }

  end(): void {
    this.#send({ kind: 'end' });
  }

  #send(message: ToWatchdog): void {
    this.#port.postMessage(message);
  }

  #take(message: FromWatchdog): void {
    const settle = this.#settleAttach;
    if (settle !== undefined && (message.kind === 'attached' || message.kind === 'lost')) {
      this.#settleAttach = undefined;
      settle(message.kind === 'lost' ? message.message : undefined);
    } else if (message.kind === 'guarding') {
      if (message.session === this.#settleGuard?.session) this.#settleGuard.resolve();
    } else if (message.kind === 'stopped') this.#listener?.onStopped(message.cause, message.silentMilliseconds);
    else if (message.kind === 'lost') this.#listener?.onLost(message.message);
    else if (message.kind === 'status') this.#listener?.onStatus(message.status);
  }
}
