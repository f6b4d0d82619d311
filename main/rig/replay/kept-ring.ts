// Takes the place of the recorder's buffer in a replay: keeps the records of one turn until they are compared. Replay thread.
import { framedBytes } from '../../../common/journal/frame.ts';
import { recorderRingBytes } from '../../../common/journal/ring.ts';
import { isCompared, type Output } from './compared-records.ts';

export class KeptRing {
  /** As much as the recorder's own: what one turn writes has fitted in there. */
  readonly bytes = new Uint8Array(new SharedArrayBuffer(recorderRingBytes));
  readonly view = new DataView(this.bytes.buffer);
  readonly fill = 0;
  #outputs: Output[] = [];
  #at = 0;
  /** Whether the recorder took the permit that was written last, as it did when it was recorded. */
  wasWritten: (outputs: readonly Output[]) => boolean = () => true;

  reserve(type: number, payloadBytes: number): number {
    const at = this.#at;
    if (at + framedBytes(payloadBytes) > recorderRingBytes) return -1;
    this.#at += framedBytes(payloadBytes);
    if (isCompared(type)) this.#outputs.push({ type, payload: this.bytes.subarray(at, at + payloadBytes) });
    return at;
  }

  commit(): void {
    // Nobody reads before the turn is over.
  }

  waitUntilWritten(): boolean {
    return this.wasWritten(this.#outputs);
  }

  /** Records of the turn so far. */
  get count(): number {
    return this.#outputs.length;
  }

  /** @returns what the turn has written; valid until the next record. */
  take(): Output[] {
    const outputs = this.#outputs;
    this.#outputs = [];
    this.#at = 0;
    return outputs;
  }
}
