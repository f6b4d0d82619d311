// A port over a WebSocket: how the page reaches the core when plain Node serves it. Runs in the page.
import type { Disposable } from '../../common/base/disposable.ts';
import { Emitter } from '../../common/base/event.ts';
import type { Port, PortMessage } from '../../common/transport/port.ts';

/** The part of the browser's WebSocket that is used. */
export type Socket = Pick<WebSocket, 'binaryType' | 'onopen' | 'onmessage' | 'onclose' | 'send' | 'close'>;

/** Owns an open socket: disposing closes it. */
export class WebSocketPort implements Port {
  readonly #socket: Socket;
  readonly #closed = new Emitter<void>();
  #receiver: ((message: PortMessage) => void) | undefined;
  #kept: PortMessage[] = [];
  #isClosed = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') this.#take(data);
      else if (data instanceof ArrayBuffer) this.#take(new Uint8Array(data));
    };
    socket.onclose = () => this.#close();
  }

  send(message: PortMessage): void {
    if (!this.#isClosed) this.#socket.send(typeof message === 'string' ? message : new Uint8Array(message));
  }

  receive(receiver: (message: PortMessage) => void): void {
    this.#receiver = receiver;
    for (const message of this.#kept.splice(0)) receiver(message);
  }

  onClose(listener: () => void): Disposable {
    return this.#closed.event(listener);
  }

  dispose(): void {
    this.#socket.close();
    this.#close();
  }

  #take(message: PortMessage): void {
    if (this.#receiver === undefined) this.#kept.push(message);
    else this.#receiver(message);
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#closed.fire();
  }
}
