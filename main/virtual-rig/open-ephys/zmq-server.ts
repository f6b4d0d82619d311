// The listening ends of ZeroMQ that the GUI's plugins have: one that publishes and one that answers; runs in the virtual GUI and in tests.
import { createServer, type Server, type Socket } from 'node:net';
import type { Disposable } from '../../../common/base/disposable.ts';
import { frameText } from '../../../common/zmtp/zmtp-frames.ts';
import { ZmtpPeer } from '../../../common/zmtp/zmtp-peer.ts';

const loopback = '127.0.0.1';

interface Client {
  readonly socket: Socket;
  readonly peer: ZmtpPeer;
}

abstract class ZmqServer implements Disposable {
  readonly #server: Server;
  protected readonly clients = new Set<Client>();
  #port = 0;

  protected constructor(type: 'PUB' | 'REP') {
    this.#server = createServer((socket) => {
      socket.setNoDelay(true);
      const peer = new ZmtpPeer(type, (bytes) => this.write(socket, bytes), {
        onReady: () => {},
        onMessage: (frames) => this.take(client, frames),
      });
      const client = { socket, peer };
      this.clients.add(client);
      socket.on('data', (bytes) => {
        if (peer.push(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes) !== undefined) socket.destroy();
      });
      socket.on('error', () => {});
      socket.on('close', () => this.clients.delete(client));
    });
  }

  get port(): number {
    return this.#port;
  }

  /** @param port 0 is any @throws Error when it is taken */
  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, loopback, () => {
        const address = this.#server.address();
        if (typeof address === 'object' && address !== null) this.#port = address.port;
        resolve();
      });
    });
  }

  /** @returns when its port is free; it may listen again */
  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  dispose(): void {
    this.#server.close();
    for (const { socket } of this.clients) socket.destroy();
  }

  protected write(socket: Socket, bytes: Uint8Array): void {
    socket.write(bytes);
  }

  protected abstract take(client: Client, frames: Uint8Array[]): void;
}

/** As ZMQ_PUB: what a subscriber does not take is dropped beyond a number of messages, and nobody is told. */
export class Publisher extends ZmqServer {
  /** Messages that may wait for a subscriber; libzmq's own number. */
  static readonly waitingMax = 1000;
  readonly #subscribed = new Set<Client>();
  /** Writes are cut into pieces of so many bytes. */
  pieceBytes: number | undefined;

  constructor() {
    super('PUB');
  }

  get subscribers(): number {
    return [...this.#subscribed].filter((client) => this.clients.has(client)).length;
  }

  publish(frames: readonly Uint8Array[]): void {
    const bytes = frames.reduce((sum, { length }) => sum + length, 0);
    for (const client of this.#subscribed) {
      const isFull = client.socket.writableLength > Publisher.waitingMax * bytes;
      if (this.clients.has(client) && !isFull) client.peer.send(frames);
    }
  }

  /** Bytes that belong to no message. */
  publishRaw(bytes: Uint8Array): void {
    for (const { socket } of this.clients) socket.write(bytes);
  }

  protected override write(socket: Socket, bytes: Uint8Array): void {
    const size = this.pieceBytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += size) socket.write(bytes.subarray(at, at + size));
  }

  protected override take(client: Client, frames: Uint8Array[]): void {
    const [first] = frames;
    if (first?.[0] === 1) this.#subscribed.add(client);
    if (first?.[0] === 0) this.#subscribed.delete(client);
  }
}

/** As ZMQ_REP. */
export class Responder extends ZmqServer {
  readonly #answer: (question: string) => string | undefined;

  /** @param answer undefined: none is given */
  constructor(answer: (question: string) => string | undefined) {
    super('REP');
    this.#answer = answer;
  }

  protected override take(client: Client, frames: Uint8Array[]): void {
    const [delimiter, body] = frames;
    const question = body === undefined ? undefined : frameText(body);
    if (delimiter?.length !== 0 || question === undefined) return;
    const answer = this.#answer(question);
    if (answer !== undefined) client.peer.send([new Uint8Array(0), new TextEncoder().encode(answer)]);
  }
}
