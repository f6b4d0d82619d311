// A port over a browser MessagePort: how the page reaches the core inside Electron. Runs in the page.
import type { Disposable } from '../../common/base/disposable.ts';
import { Emitter } from '../../common/base/event.ts';
import type { Port, PortMessage } from '../../common/transport/port.ts';

/** The part of the browser's MessagePort that is used. */
export type MessageChannelEnd = Pick<MessagePort, 'onmessage' | 'addEventListener' | 'postMessage' | 'start' | 'close'>;

/** Owns the channel's end: disposing closes it. */
export class MessagePortPort implements Port {
  readonly #end: MessageChannelEnd;
  readonly #closed = new Emitter<void>();
  #isClosed = false;

  constructor(end: MessageChannelEnd) {
    this.#end = end;
    end.addEventListener('close', () => this.#close());
  }

  send(message: PortMessage): void {
    if (!this.#isClosed) this.#end.postMessage(message);
  }

  receive(receiver: (message: PortMessage) => void): void {
    this.#end.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string' || data instanceof Uint8Array) receiver(data);
      else if (data instanceof ArrayBuffer) receiver(new Uint8Array(data));
    };
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
