// A progress bar on standard error where it is a terminal, a line every few seconds where it is not. Main process of the plain-Node shell.

const width = 30;
const lineEverySeconds = 5;

export class ProgressBar {
  readonly #stream: NodeJS.WriteStream;
  readonly #isSilent: boolean;
  #lastLineSeconds = -Infinity;
  #isOpen = false;

  constructor(stream: NodeJS.WriteStream, isSilent: boolean) {
    this.#stream = stream;
    this.#isSilent = isSilent;
  }

  /** @param words what stands behind the bar. */
  show(seconds: number, ofSeconds: number, words: string): void {
    this.#draw(seconds / ofSeconds, seconds, `${seconds.toFixed(1)} of ${ofSeconds} s  ${words}`);
  }

  /** Work whose whole length is not known in seconds. @param seconds since it began. */
  showWork(fraction: number, seconds: number, words: string): void {
    this.#draw(fraction, seconds, words);
  }

  #draw(fraction: number, seconds: number, words: string): void {
    if (this.#isSilent) return;
    const bar = '█'.repeat(Math.round(Math.min(1, fraction) * width)).padEnd(width, '░');
    const text = `${bar} ${words}`;
    if (this.#stream.isTTY) {
      this.#stream.write(`\r\u001b[2K${text}`);
      this.#isOpen = true;
    } else if (seconds - this.#lastLineSeconds >= lineEverySeconds) {
      this.#lastLineSeconds = seconds;
      this.#stream.write(`${text}\n`);
    }
  }

  /** Ends the bar's line. */
  end(): void {
    if (this.#isOpen) this.#stream.write('\n');
    this.#isOpen = false;
  }
}
