// The rig thread's line to the recorder thread: open, close, and what it reports. Rig thread.
import type { MessagePort } from 'node:worker_threads';
import type { FileDigest } from '../../../common/journal/session-manifest.ts';
import type { FromRecorder, ToRecorder } from './recorder-messages.ts';

/** The recorder as a recording uses it. */
export type Recorder = Pick<RecorderLine, 'open' | 'close' | 'onFailure' | 'freeSeconds'>;

/** One journal at a time. */
export class RecorderLine {
  readonly #port: MessagePort;
  #settle: ((message: FromRecorder) => void) | undefined;
  #onFailure: (message: string) => void = () => {};
  writtenBytes = 0;
  /** Seconds until the disk is full at the present rate; undefined before it is known. */
  freeSeconds: number | undefined;
  #firstProgress: { bytes: number; atNs: number } | undefined;

  constructor(port: MessagePort, nowNs: () => number) {
    this.#port = port;
    port.on('message', (message: FromRecorder) => {
      if (message.kind === 'progress') {
        this.writtenBytes = message.bytes;
        this.#firstProgress ??= { bytes: message.bytes, atNs: nowNs() };
        const bytesPerSecond =
          ((message.bytes - this.#firstProgress.bytes) * 1e9) / (nowNs() - this.#firstProgress.atNs);
        if (bytesPerSecond > 0) this.freeSeconds = message.freeBytes / bytesPerSecond;
        return;
      }
      const settle = this.#settle;
      this.#settle = undefined;
      if (settle !== undefined) settle(message);
      else if (message.kind === 'failed') this.#onFailure(message.message);
    });
  }

  /** Called when writing fails while a journal is open. */
  onFailure(listener: (message: string) => void): void {
    this.#onFailure = listener;
  }

  /** @returns undefined when the files are there and durable, else why not. */
  async open(folder: string, sessionDocument: string): Promise<string | undefined> {
    this.writtenBytes = 0;
    this.freeSeconds = undefined;
    this.#firstProgress = undefined;
    const answer = await this.#ask({ kind: 'open', folder, sessionDocument });
    return answer.kind === 'failed' ? answer.message : undefined;
  }

  /** Resolves when everything is durable and the file is closed. @returns what the files hold, or why they are not closed. */
  async close(): Promise<readonly FileDigest[] | string> {
    const answer = await this.#ask({ kind: 'close' });
    if (answer.kind !== 'closed') return answer.kind === 'failed' ? answer.message : 'the recorder did not close them';
    this.writtenBytes = answer.bytes;
    return answer.files;
  }

  end(): void {
    this.#port.postMessage({ kind: 'end' } satisfies ToRecorder);
  }

  #ask(message: ToRecorder): Promise<FromRecorder> {
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#port.postMessage(message);
    });
  }
}
