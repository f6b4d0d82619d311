// One end of a ZeroMQ connection over a byte stream that is given: handshake, then messages; runs wherever a ZeroMQ socket is spoken to.
import {
  encodeGreeting,
  encodeMessage,
  encodeReady,
  readProperties,
  type SocketType,
  ZmtpFrames,
} from './zmtp-frames.ts';

/** Whom each may talk to. */
const partners: Record<SocketType, readonly string[]> = {
  SUB: ['PUB', 'XPUB'],
  PUB: ['SUB', 'XSUB'],
  REQ: ['REP', 'ROUTER'],
  REP: ['REQ', 'DEALER'],
};

/** A block of the GUI has at most 6,000 samples of 4 bytes, a message three frames. */
const limits = { frameBytes: 1 << 20, frames: 8 };

export interface PeerListener {
  /** Both sides know each other; messages may go. */
  onReady(): void;
  /** The frames belong to the listener. */
  onMessage(frames: Uint8Array[]): void;
}

export class ZmtpPeer {
  readonly #type: SocketType;
  readonly #write: (bytes: Uint8Array) => void;
  readonly #listener: PeerListener;
  readonly #frames: ZmtpFrames;
  #isReady = false;
  #violation: string | undefined;

  /** @param write sends bytes to the other end; the greeting goes at once */
  constructor(type: SocketType, write: (bytes: Uint8Array) => void, listener: PeerListener) {
    this.#type = type;
    this.#write = write;
    this.#listener = listener;
    this.#frames = new ZmtpFrames(limits, {
      onGreeting: () => write(encodeReady(type)),
      onCommand: (name, body) => this.#takeCommand(name, body),
      onMessage: (message) => {
        if (this.#isReady) listener.onMessage(message);
        else this.#violation ??= 'a message came before the handshake was over';
      },
    });
    write(encodeGreeting());
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** @returns why this connection must be closed; undefined while all is well */
  push(bytes: Uint8Array): string | undefined {
    if (this.#violation !== undefined) return this.#violation;
    // What is read may itself end it.
    const unreadable = this.#frames.push(bytes);
    this.#violation ??= unreadable;
    return this.#violation;
  }

  /** @param frames at least one; before `onReady` nothing may be sent */
  send(frames: readonly Uint8Array[]): void {
    this.#write(encodeMessage(frames));
  }

  #takeCommand(name: string, body: Uint8Array): void {
    if (name === 'ERROR') this.#violation = `it refused: ${String.fromCharCode(...body.subarray(1))}`;
    // Later versions have commands that may be left aside.
    if (name !== 'READY' || this.#isReady) return;
    const other = readProperties(body)?.get('socket-type');
    if (other !== undefined && partners[this.#type].includes(other)) {
      this.#isReady = true;
      this.#listener.onReady();
    } else this.#violation = `it is a ${other ?? 'nameless'} socket, not ${partners[this.#type][0]}`;
  }
}
