// A connected ZeroMQ socket of ours over TCP: subscribes to everything, or asks one question after the other; runs in the rig thread and the reader thread.
import { connect, type Socket } from 'node:net';
import type { Disposable } from '../../../../common/base/disposable.ts';
import { addressProblem } from '../literal-address.ts';
import { frameText } from '../../../../common/zmtp/zmtp-frames.ts';
import { ZmtpPeer } from '../../../../common/zmtp/zmtp-peer.ts';
import { OpenEphysError, type OpenEphysProblem } from './open-ephys-problem.ts';

export interface ZmqAddress {
  /** A literal IPv4 address. */
  readonly host: string;
  readonly port: number;
}

const handshakeMilliseconds = 2000;
const textMaxBytes = 64_000;

interface SocketListener {
  onMessage(frames: Uint8Array[]): void;
  /** Once, and not after `dispose`. */
  onClosed(problem: OpenEphysProblem): void;
}

/** @throws OpenEphysError unless it is the literal IPv4 address of one computer */
export function literalHost(host: string): string {
  const problem = addressProblem(host);
  if (problem !== undefined) throw new OpenEphysError('not-a-literal-address', problem);
  return host;
}

export function unreachable({ host, port }: ZmqAddress, error: NodeJS.ErrnoException): OpenEphysError {
  const code = error.code === 'ECONNREFUSED' ? 'not-listening' : 'unreachable';
  return new OpenEphysError(code, `nobody answers at ${host}:${port} (${error.code ?? error.message})`);
}

/** @returns when the handshake is over @throws OpenEphysError when there is no such socket */
function open(
  type: 'SUB' | 'REQ',
  address: ZmqAddress,
  listener: SocketListener,
): Promise<{ peer: ZmtpPeer; socket: Socket }> {
  const where = `${address.host}:${address.port}`;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: literalHost(address.host), port: address.port, noDelay: true });
    let ending: OpenEphysProblem | undefined;
    const late = setTimeout(() => end('not-zeromq', 'no handshake came'), handshakeMilliseconds);
    const end = (code: OpenEphysProblem['code'], why: string) => {
      ending ??= { code, message: `${where}: ${why}` };
      socket.destroy();
    };
    const peer = new ZmtpPeer(type, (bytes) => void socket.write(bytes), {
      onReady: () => {
        clearTimeout(late);
        resolve({ peer, socket });
      },
      onMessage: (frames) => listener.onMessage(frames),
    });
    socket.on('data', (bytes) => {
      const violation = peer.push(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
      if (violation !== undefined) end(peer.isReady ? 'answer-not-understood' : 'not-zeromq', violation);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (!peer.isReady) ending ??= unreachable(address, error).problem;
    });
    socket.on('close', () => {
      clearTimeout(late);
      ending ??= peer.isReady
        ? { code: 'port-closed', message: `${where} was closed` }
        : { code: 'not-zeromq', message: `${where} closed before the handshake was over` };
      if (peer.isReady) listener.onClosed(ending);
      else reject(new OpenEphysError(ending.code, ending.message));
    });
  });
}

/** Ends a socket without telling anybody. */
function letGo(socket: Socket): void {
  socket.removeAllListeners('close');
  socket.destroy();
}

/** Hears all that a PUB socket sends. @throws OpenEphysError when there is none */
export async function subscribe(address: ZmqAddress, listener: SocketListener): Promise<Disposable> {
  const { peer, socket } = await open('SUB', address, listener);
  // A subscription to everything begins with nothing.
  peer.send([Uint8Array.of(1)]);
  return { dispose: () => letGo(socket) };
}

/** Asks a REP socket one question after the other. */
export class ZmqQuestions implements Disposable {
  readonly #socket: Socket;
  readonly #peer: ZmtpPeer;
  readonly #answerMilliseconds: number;
  #heard: ((answer: string | OpenEphysError) => void) | undefined;
  #ended: OpenEphysProblem | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param answerMilliseconds an answer later than this is lost, and with it the connection @throws OpenEphysError when nobody is there */
  static async open(address: ZmqAddress, answerMilliseconds: number): Promise<ZmqQuestions> {
    // Nothing is heard before something was asked.
    const listener: SocketListener = { onMessage: () => {}, onClosed: () => {} };
    const { peer, socket } = await open('REQ', address, listener);
    const questions = new ZmqQuestions(peer, socket, answerMilliseconds);
    listener.onMessage = (frames) => questions.#take(frames);
    listener.onClosed = (problem) => questions.#end(problem);
    return questions;
  }

  private constructor(peer: ZmtpPeer, socket: Socket, answerMilliseconds: number) {
    this.#peer = peer;
    this.#socket = socket;
    this.#answerMilliseconds = answerMilliseconds;
  }

  /** @returns the answer @throws OpenEphysError when none comes: a socket of this kind can then not be used any more */
  ask(question: string): Promise<string> {
    const turn = this.#turn.then(() => this.#ask(question));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  dispose(): void {
    letGo(this.#socket);
    this.#end({ code: 'port-closed', message: 'the connection was given up here' });
  }

  async #ask(question: string): Promise<string> {
    if (this.#ended !== undefined) throw new OpenEphysError(this.#ended.code, this.#ended.message);
    let late: NodeJS.Timeout | undefined;
    const answer = await new Promise<string | OpenEphysError>((resolve) => {
      this.#heard = resolve;
      late = setTimeout(
        () => this.#end({ code: 'no-answer', message: `no answer to '${question}' in ${this.#answerMilliseconds} ms` }),
        this.#answerMilliseconds,
      );
      this.#peer.send([new Uint8Array(0), new TextEncoder().encode(question)]);
    });
    clearTimeout(late);
    this.#heard = undefined;
    if (typeof answer === 'string') return answer;
    throw answer;
  }

  #take(frames: Uint8Array[]): void {
    const [delimiter, body] = frames;
    const text = body !== undefined && body.length <= textMaxBytes ? frameText(body) : undefined;
    if (frames.length === 2 && delimiter?.length === 0 && text !== undefined && this.#heard !== undefined)
      this.#heard(text);
    else this.#end({ code: 'answer-not-understood', message: 'an answer came that cannot be one' });
  }

  #end(problem: OpenEphysProblem): void {
    this.#ended ??= problem;
    letGo(this.#socket);
    this.#heard?.(new OpenEphysError(this.#ended.code, this.#ended.message));
  }
}
