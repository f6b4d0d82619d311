// A WebSocket without a network, whose other side a test plays. Used by the page's tests.
import type { Socket } from './web-socket-port.ts';

export class FakeSocket implements Socket {
  binaryType: BinaryType = 'blob';
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  readonly address: string;
  readonly protocols: readonly string[];
  readonly sent: unknown[] = [];
  isClosed = false;

  constructor(address = '', protocols: readonly string[] = []) {
    this.address = address;
    this.protocols = protocols;
  }

  send(message: unknown): void {
    this.sent.push(message);
  }
  close(): void {
    this.isClosed = true;
  }

  accept(): void {
    this.onopen?.call(this.#self, {} as Event);
  }
  arrive(data: unknown): void {
    this.onmessage?.call(this.#self, { data } as MessageEvent);
  }
  lose(): void {
    this.onclose?.call(this.#self, {} as CloseEvent);
  }

  get #self(): WebSocket {
    return this as unknown as WebSocket;
  }
}
