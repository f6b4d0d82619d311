// Writes the events of a recording as JSON Lines; the file comes into being with the first event; analysis process.
import type { RecordingEvent } from '../recording-reader.ts';
import { PartialFile } from './partial-file.ts';

const bufferMaxLines = 1000;

export class EventsFile {
  readonly #path: string;
  #file: PartialFile | undefined;
  #lines: string[] = [];
  #count = 0;

  constructor(path: string) {
    this.#path = path;
  }

  async add(event: RecordingEvent): Promise<void> {
    this.#count++;
    this.#lines.push(`${JSON.stringify(event)}\n`);
    if (this.#lines.length >= bufferMaxLines) await this.#flush();
  }

  /** @returns undefined when there was no event. */
  async finish(): Promise<{ count: number; sha256: string } | undefined> {
    if (this.#count === 0) return undefined;
    await this.#flush();
    const sha256 = await this.#file?.finish();
    this.#file = undefined;
    return sha256 === undefined ? undefined : { count: this.#count, sha256 };
  }

  async abandon(): Promise<void> {
    await this.#file?.abandon();
  }

  async #flush(): Promise<void> {
    this.#file ??= await PartialFile.create(this.#path);
    await this.#file.write(Buffer.from(this.#lines.join('')));
    this.#lines = [];
  }
}
