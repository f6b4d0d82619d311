// The command port of an emulated RHX: one client, open again only by hand, answers whole, late or in pieces; runs in the virtual RHX.
import { createServer, type Server, type Socket } from 'node:net';
import type { Disposable } from '../../../common/base/disposable.ts';
import type { RhxFaults } from './rhx-faults.ts';
import { Timers } from './timers.ts';

export class CommandServer implements Disposable {
  readonly #faults: RhxFaults;
  /** Takes what one read has returned. */
  readonly #onPacket: (packet: string) => void;
  readonly #timers = new Timers();
  #server: Server | undefined;
  #client: Socket | undefined;
  #port: number;
  /** When the last answer that was given will have been sent. */
  #answeredMs = 0;

  /** @param port 0 is any */
  constructor(port: number, faults: RhxFaults, onPacket: (packet: string) => void) {
    this.#port = port;
    this.#faults = faults;
    this.#onPacket = onPacket;
  }

  get port(): number {
    return this.#port;
  }

  /** The port stays the same from the first time on. */
  async listen(): Promise<void> {
    const server = createServer((socket) => this.#accept(socket));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address === 'object' && address !== null) this.#port = address.port;
  }

  /** Unasked. */
  say(text: string): void {
    this.#client?.write(text, 'latin1');
  }

  answer(text: string): void {
    const { answerDelay, answerPieces } = this.#faults;
    const nowMs = performance.now();
    if (answerPieces === undefined && answerDelay === undefined && this.#answeredMs <= nowMs) {
      this.say(text);
      return;
    }
    const { characters, apart } = answerPieces ?? { characters: text.length, apart: 0 };
    // Answers keep their order.
    let atMs = Math.max(this.#answeredMs, nowMs + (answerDelay ?? 0));
    for (let at = 0; at < text.length; at += characters, atMs += apart)
      this.#timers.later(atMs - nowMs, () => this.say(text.slice(at, at + characters)));
    this.#answeredMs = atMs;
  }

  dispose(): void {
    this.#timers.dispose();
    this.#server?.close();
    this.#client?.destroy();
  }

  #accept(socket: Socket): void {
    // The listener takes one client and closes; it opens again only by hand.
    this.#server?.close();
    this.#server = undefined;
    this.#client = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('error', () => {});
    socket.on('data', (text) => this.#onPacket(String(text)));
    socket.on('close', () => {
      if (this.#client === socket) this.#client = undefined;
    });
  }
}
