// Questions and answers over one serial port: one at a time, each with a deadline; the first thing that is wrong ends the line. Runs in the main thread of a program of its own.
import { assert } from '../../../../common/base/assert.ts';
import type { SerialFaultCode } from '../../../../common/contract/serial-stimulators.ts';
import type { SerialConnection, SerialPorts } from './serial-connection.ts';
import { SerialError } from './serial-error.ts';

/** ms. */
export interface SerialTimes {
  /** An answer that is not whole by then is none. */
  readonly answer: number;
  /** A new line is silent for so long before the first question: what a device had still to say is not an answer. */
  readonly quiet: number;
  /** A device that speaks on for so long never becomes quiet. */
  readonly quietAtMost: number;
  /** The port is closed so long after a stop was written, taken or not. */
  readonly stop: number;
}

export const serialTimes: SerialTimes = { answer: 1000, quiet: 100, quietAtMost: 5000, stop: 200 };

/** What is made of the bytes that have come since the question. */
export type Reading<T> = { readonly answer: T } | 'incomplete' | 'wrong';

/** No answer is longer. */
const answerBytesMax = 4096;
const none = new Uint8Array();

interface Question {
  /** Looks at what has come; true when that settled it. */
  look(): void;
  fail(error: SerialError): void;
}

export class SerialLine {
  readonly #times: SerialTimes;
  /** What leaves the device quiet. */
  readonly #stop: Uint8Array;
  #connection: SerialConnection | undefined;
  #bytes: Uint8Array = none;
  #question: Question | undefined;
  #error: SerialError | undefined;
  #isQuiet = false;
  #onBytes: () => void = () => {};
  #tellEnd: (error: SerialError) => void = () => {};
  #tellClosed: () => void = () => {};
  /** The error that ended the line. */
  readonly ended = new Promise<SerialError>((resolve) => {
    this.#tellEnd = resolve;
  });
  /** Resolves when the port can be opened again. */
  readonly closed = new Promise<void>((resolve) => {
    this.#tellClosed = resolve;
  });

  /**
   * Opens a port and waits until the device has nothing more to say.
   * @param stop is written whenever the line ends
   * @throws SerialError
   */
  static async open(
    ports: Pick<SerialPorts, 'open'>,
    path: string,
    stop: Uint8Array,
    times: SerialTimes = serialTimes,
  ): Promise<SerialLine> {
    const line = new SerialLine(stop, times);
    try {
      line.#connection = await ports.open(path, {
        onBytes: (bytes) => line.#take(bytes),
        onLost: (message) => line.end('unplugged', `the port ${path} was lost (${message})`),
      });
    } catch (error) {
      throw new SerialError('open-failed', `the port ${path} cannot be opened (${wordsOf(error)})`);
    }
    await line.#untilQuiet();
    return line;
  }

  private constructor(stop: Uint8Array, times: SerialTimes) {
    this.#stop = stop;
    this.#times = times;
  }

  get error(): SerialError | undefined {
    return this.#error;
  }

  /**
   * Writes a question and waits for its answer.
   * @param read is given all bytes since the question, whenever some have come
   * @param answerMilliseconds where the answer may take longer
   * @throws SerialError, which has ended the line
   */
  async ask<T>(
    question: Uint8Array,
    read: (bytes: Uint8Array) => Reading<T>,
    answerMilliseconds = this.#times.answer,
  ): Promise<T> {
    if (this.#error !== undefined) throw this.#error;
    assert(this.#question === undefined, 'a serial line is asked one question at a time');
    const answer = new Promise<T>((resolve, reject) => {
      const deadline = setTimeout(() => {
        const code = this.#bytes.length === 0 ? 'no-answer' : 'half-answer';
        this.end(code, `of an answer ${this.#bytes.length} bytes came in ${answerMilliseconds} ms${this.#heard()}`);
      }, answerMilliseconds);
      const settle = () => {
        clearTimeout(deadline);
        this.#question = undefined;
        this.#bytes = none;
      };
      this.#question = {
        look: () => {
          const reading = this.#bytes.length > answerBytesMax ? 'wrong' : read(this.#bytes);
          if (reading === 'incomplete') return;
          if (reading === 'wrong') {
            this.end('answer-not-understood', `the device answered something else${this.#heard()}`);
            return;
          }
          settle();
          resolve(reading.answer);
        },
        fail: (error) => {
          settle();
          reject(error);
        },
      };
    });
    this.#write(question).catch((error: unknown) =>
      this.end('write-failed', `a question was not sent (${wordsOf(error)})`),
    );
    return answer;
  }

  /** Ends the line: stops the device, fails what is being asked, closes the port. @returns the error that ended it, perhaps earlier */
  end(code: SerialFaultCode, what: string): SerialError {
    if (this.#error !== undefined) return this.#error;
    const error = new SerialError(code, what);
    this.#error = error;
    void this.#stopAndClose();
    this.#question?.fail(error);
    this.#onBytes();
    this.#tellEnd(error);
    return error;
  }

  #write(bytes: Uint8Array): Promise<void> {
    return this.#connection?.write(bytes) ?? Promise.resolve();
  }

  async #stopAndClose(): Promise<void> {
    // A port that is gone takes no stop, and one that hangs never says that it has taken it.
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, this.#times.stop);
      const settled = () => {
        clearTimeout(late);
        resolve();
      };
      this.#write(this.#stop).then(settled, settled);
    });
    await this.#connection?.close();
    this.#tellClosed();
  }

  #take(bytes: Uint8Array): void {
    if (this.#error !== undefined) return;
    this.#bytes = Uint8Array.from([...this.#bytes, ...bytes]);
    if (!this.#isQuiet) this.#onBytes();
    else if (this.#question !== undefined) this.#question.look();
    else this.end('unexpected-bytes', `the device said what nobody had asked for${this.#heard()}`);
  }

  async #untilQuiet(): Promise<void> {
    const { quiet, quietAtMost } = this.#times;
    for (let bytesMs = 0; ; bytesMs += quiet) {
      if (this.#error !== undefined) throw this.#error;
      if (bytesMs >= quietAtMost)
        throw this.end('unexpected-bytes', `the device does not stop speaking${this.#heard()}`);
      this.#bytes = none;
      const wasQuiet = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(this.#bytes.length === 0), quiet);
        this.#onBytes = () => {
          if (this.#error === undefined) return;
          clearTimeout(timer);
          resolve(false);
        };
      });
      if (!wasQuiet) continue;
      this.#isQuiet = true;
      return;
    }
  }

  /** What has come, for people. */
  #heard(): string {
    if (this.#bytes.length === 0) return '';
    const text = Buffer.from(this.#bytes.subarray(0, 80)).toString('latin1');
    return ` (${JSON.stringify(text).replaceAll(/[\u007f-\u00ff]/g, '?')})`;
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
