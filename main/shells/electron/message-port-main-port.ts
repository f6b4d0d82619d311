// The core's end of the channel to the page inside Electron; main process.
import type { MessagePortMain } from 'electron';
import type { Disposable } from '../../../common/base/disposable.ts';
import { Emitter } from '../../../common/base/event.ts';
import type { Port, PortMessage } from '../../../common/transport/port.ts';

/** Owns the channel's end: disposing closes it. */
export class MessagePortMainPort implements Port {
  readonly #end: MessagePortMain;
  readonly #closed = new Emitter<void>();
  #receiver: ((message: PortMessage) => void) | undefined;
  #isClosed = false;

  constructor(end: MessagePortMain) {
    this.#end = end;
    end.on('message', ({ data }: { data: unknown }) => {
      if (typeof data === 'string' || data instanceof Uint8Array) this.#receiver?.(data);
    });
    end.once('close', () => this.#close());
  }

  send(message: PortMessage): void {
    if (this.#isClosed) return;
    // A view would take its whole buffer along.
    const isPart = typeof message !== 'string' && message.byteLength !== message.buffer.byteLength;
    this.#end.postMessage(isPart ? message.slice() : message);
  }

  receive(receiver: (message: PortMessage) => void): void {
    this.#receiver = receiver;
    // The channel keeps what comes before this.
    this.#end.start();
  }

  onClose(listener: () => void): Disposable {
    return this.#closed.event(listener);
  }

  dispose(): void {
    this.#end.close();
    this.#close();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#closed.fire();
  }
}
