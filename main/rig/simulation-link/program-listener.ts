// A local socket on which one program that knows a secret may connect; rig thread.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Disposable, DisposableStore } from '../../../common/base/disposable.ts';
import type { SimulationAddress } from '../../../common/simulation-protocol/environment.ts';
import { encodeHello } from '../../../common/simulation-protocol/messages.ts';

/** Connections that have not shown the secret yet; further ones are refused at once. */
const maxStrangers = 4;

/**
 * Listens on a Unix socket in a new folder that only this user may enter, or on a named pipe under Windows. The first
 * connection that presents the secret is accepted and listening ends; one that presents anything else is closed.
 */
export class ProgramListener implements SimulationAddress, Disposable {
  readonly address: string;
  readonly token = randomBytes(32).toString('hex');
  readonly #owned = new DisposableStore();
  readonly #server = createServer((socket) => this.#examine(socket));
  readonly #strangers = new Set<Socket>();
  readonly #onProgram: (socket: Socket) => void;

  /** @param onProgram receives the accepted connection and owns it */
  constructor(onProgram: (socket: Socket) => void) {
    this.#onProgram = onProgram;
    this.address = this.#chooseAddress();
    this.#server.maxConnections = maxStrangers;
    this.#owned.onDispose(() => {
      this.#server.close();
      for (const stranger of this.#strangers) stranger.destroy();
    });
  }

  /** @throws (rejects) the system's error when the socket cannot be opened; nothing is left behind then. */
  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error) => {
        this.dispose();
        reject(error);
      });
      this.#server.listen(this.address, resolve);
    });
  }

  /** Stops listening; the accepted connection stays open. */
  dispose(): void {
    this.#owned.dispose();
  }

  #chooseAddress(): string {
    if (process.platform === 'win32') return `\\\\.\\pipe\\exocortex-${randomBytes(16).toString('hex')}`;
    // Such a folder has the mode 0700.
    const folder = mkdtempSync(join(tmpdir(), 'exocortex-'));
    this.#owned.onDispose(() => rmSync(folder, { recursive: true, force: true }));
    return join(folder, 'simulation');
  }

  /** Accepts a connection when exactly the expected bytes have come, and closes it on anything else. */
  #examine(socket: Socket): void {
    const expected = encodeHello(this.token);
    let received = Buffer.alloc(0);
    const receive = (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < expected.length) return;
      socket.off('data', receive);
      if (received.length > expected.length || !timingSafeEqual(received, expected)) return void socket.destroy();
      this.#strangers.delete(socket);
      this.dispose();
      this.#onProgram(socket);
    };
    this.#strangers.add(socket);
    // 'close' follows.
    socket.on('error', () => {});
    socket.on('close', () => this.#strangers.delete(socket));
    socket.on('data', receive);
  }
}
