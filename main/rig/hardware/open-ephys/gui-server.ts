// The GUI's own HTTP server (port 37497): what it does, how long its blocks are, and Play; runs in the rig thread.
// Source: open-ephys/plugin-GUI 1.0.1, Source/Utils/OpenEphysHttpServer.h.
import { request } from 'node:http';
import { isObject, isWhole } from './json-values.ts';
import { OpenEphysError } from './open-ephys-problem.ts';
import { literalHost, unreachable, type ZmqAddress } from './zmq-socket.ts';

export const guiModes = ['IDLE', 'ACQUIRE', 'RECORD'] as const;
export type GuiMode = (typeof guiModes)[number];

const answerMaxBytes = 1 << 20;

export class GuiServer {
  readonly #address: ZmqAddress;
  readonly #answerMilliseconds: number;

  constructor(address: ZmqAddress, answerMilliseconds: number) {
    this.#address = { ...address, host: literalHost(address.host) };
    this.#answerMilliseconds = answerMilliseconds;
  }

  /** @throws OpenEphysError when the GUI cannot be asked */
  async mode(): Promise<GuiMode> {
    return modeOf(await this.#ask('GET', '/api/status'));
  }

  /** Begins acquisition; one that goes on already, with or without a recording, is left as it is. @throws OpenEphysError when it does not begin */
  async acquire(): Promise<void> {
    // ACQUIRE would end a recording.
    if ((await this.mode()) !== 'IDLE') return;
    const mode = modeOf(await this.#ask('PUT', '/api/status', { mode: 'ACQUIRE' }));
    if (mode === 'IDLE')
      throw new OpenEphysError('did-not-start', 'the GUI is still idle after it was told to acquire');
  }

  /** @returns how long the GUI gathers samples before its plugins see them, ms: the "latency" of its audio settings @throws OpenEphysError */
  async bufferMilliseconds(): Promise<number> {
    const answer = await this.#ask('GET', '/api/audio/device');
    const { sample_rate: rate, buffer_size: size } = isObject(answer) ? answer : {};
    if (typeof rate === 'number' && rate > 0 && isWhole(size, 1)) return (size / rate) * 1000;
    throw notUnderstood(answer);
  }

  #ask(method: 'GET' | 'PUT', path: string, body?: unknown): Promise<unknown> {
    const { host, port } = this.#address;
    return new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
      const signal = AbortSignal.timeout(this.#answerMilliseconds);
      const fail = (error: NodeJS.ErrnoException) =>
        reject(
          signal.aborted
            ? new OpenEphysError('no-answer', `no answer to ${method} ${path} in ${this.#answerMilliseconds} ms`)
            : unreachable(this.#address, error),
        );
      const asked = request({ host, port, method, path, headers, signal, agent: false }, (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          answer += part;
          if (answer.length > answerMaxBytes) response.destroy(new Error('an answer without end'));
        });
        response.on('error', fail);
        response.on('end', () => {
          const status = response.statusCode ?? 0;
          if (status !== 200)
            reject(new OpenEphysError('refused', `${method} ${path}: ${status} ${answer.slice(0, 200)}`));
          else resolve(jsonOf(answer));
        });
      });
      asked.on('error', fail);
      asked.end(text);
    });
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function modeOf(answer: unknown): GuiMode {
  const mode = guiModes.find((each) => isObject(answer) && answer.mode === each);
  if (mode === undefined) throw notUnderstood(answer);
  return mode;
}

function notUnderstood(answer: unknown): OpenEphysError {
  return new OpenEphysError('answer-not-understood', `the GUI answered ${JSON.stringify(answer).slice(0, 200)}`);
}
