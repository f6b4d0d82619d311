// One data port of an emulated RHX: opened by a command, one client, closed when the client leaves; runs in the virtual RHX.
import { createServer, type Server, type Socket } from 'node:net';

export class DataOutput {
  readonly #setStatus: (status: 'Pending' | 'Connected' | 'Disconnected') => void;
  /** What becomes of bytes on their way, one write after the other. */
  readonly #pieces: (bytes: Uint8Array) => Iterable<Uint8Array>;
  #server: Server | undefined;
  #client: Socket | undefined;
  /** RHX forgets a client that it disconnects, and leaves its socket open. */
  readonly #sockets = new Set<Socket>();

  constructor(
    setStatus: (status: 'Pending' | 'Connected' | 'Disconnected') => void,
    pieces: (bytes: Uint8Array) => Iterable<Uint8Array>,
  ) {
    this.#setStatus = setStatus;
    this.#pieces = pieces;
  }

  /** Bytes that the client has not read and the system does not take any more. */
  get backlogBytes(): number {
    return this.#client?.writableLength ?? 0;
  }

  /** @returns when it listens; @param port 0 is any @param onPort hears which it became */
  listen(port: number, onPort: (port: number) => void): void {
    this.#server?.close();
    const server = createServer((socket) => {
      this.#sockets.add(socket);
      server.close();
      this.#server = undefined;
      this.#client = socket;
      socket.setNoDelay(true);
      this.#setStatus('Connected');
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        if (this.#client !== socket) return;
        this.#client = undefined;
        this.#setStatus('Disconnected');
      });
      socket.resume();
    });
    this.#server = server;
    // A port that is taken is not reported by RHX either.
    server.on('error', () => {});
    // RHX would listen to every network where its host is no literal address; an emulation never does.
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) onPort(address.port);
      this.#setStatus('Pending');
    });
  }

  /** Falls silent; the client is not told. */
  disconnect(): void {
    this.#server?.close();
    this.#server = undefined;
    this.#client = undefined;
    this.#setStatus('Disconnected');
  }

  write(bytes: Uint8Array): void {
    for (const piece of this.#pieces(bytes)) this.#client?.write(piece);
  }

  dispose(): void {
    this.#server?.close();
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
  }
}
