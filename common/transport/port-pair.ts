// Two ports joined inside one process, for tests.
import { Emitter } from '../base/event.ts';
import type { Port, PortMessage } from './port.ts';

class JoinedPort implements Port {
  other: JoinedPort | undefined;
  #receiver: ((message: PortMessage) => void) | undefined;
  #kept: PortMessage[] = [];
  #closed = new Emitter<void>();
  #isClosed = false;

  send(message: PortMessage): void {
    const other = this.other;
    if (this.#isClosed || other === undefined) return;
    const copy = typeof message === 'string' ? message : message.slice();
    queueMicrotask(() => other.#take(copy));
  }

  receive(receiver: (message: PortMessage) => void): void {
    this.#receiver = receiver;
    for (const message of this.#kept.splice(0)) receiver(message);
  }

  onClose(listener: () => void) {
    return this.#closed.event(listener);
  }

  dispose(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#closed.fire();
    this.other?.dispose();
  }

  #take(message: PortMessage): void {
    if (this.#isClosed) return;
    if (this.#receiver === undefined) this.#kept.push(message);
    else this.#receiver(message);
  }
}

/** @returns two ports; what one sends the other receives in a later microtask. */
export function portPair(): [Port, Port] {
  const a = new JoinedPort();
  const b = new JoinedPort();
  a.other = b;
  b.other = a;
  return [a, b];
}
