// Puts the messages of single channels together to blocks of all channels, and tells what is missing, twice there or changed; pure, runs in the reader thread.
import type { DataMessage, StreamMessage, TtlMessage } from './stream-message.ts';

/** What the stream consists of; it says so itself, and must go on so. */
export interface StreamLayout {
  readonly stream: string;
  readonly sampleRateHz: number;
  /** Indices within the stream, in the order in which they are sent. */
  readonly channels: readonly number[];
}

/** A block of the GUI, as long as it happens to be. */
export interface ChannelBlock {
  readonly firstSample: number;
  readonly sampleCount: number;
  /** In the layout's order, each float32, little-endian, sampleCount long. */
  readonly payloads: readonly Uint8Array[];
}

export interface AssemblerListener {
  /** Complete, and directly behind the block before or behind a gap that was told. */
  onBlock(block: ChannelBlock): void;
  /** Samples that never came whole. */
  onGap(firstSample: number, samples: number): void;
  /** Messages that the GUI numbered and that never came. */
  onMessagesLost(messages: number): void;
  /** A message that was there before: dropped. */
  onRepeated(): void;
  /** Of this stream. */
  onTtl(event: TtlMessage): void;
  /** Nothing more is handed out. */
  onChanged(change: 'layout-changed' | 'rate-changed' | 'run-restarted' | 'other-stream', message: string): void;
}

export class BlockAssembler {
  readonly #layout: StreamLayout;
  readonly #listener: AssemblerListener;
  readonly #columns: ReadonlyMap<number, number>;
  #newest = 0;
  #repeatedInARow = 0;
  #isOver = false;
  /** The sample that must come next; undefined before the first block. */
  #next: number | undefined;
  #firstSample = -1;
  #sampleCount = 0;
  #payloads: Uint8Array[] = [];
  /** Something of this block is missing; also at the beginning, which may be the middle of a block. */
  #isBroken = true;

  constructor(layout: StreamLayout, listener: AssemblerListener) {
    this.#layout = layout;
    this.#listener = listener;
    this.#columns = new Map(layout.channels.map((channel, column) => [channel, column]));
  }

  /** Takes what was sent, in the order in which it came. */
  take(message: StreamMessage): void {
    if (this.#isOver || !this.#isNew(message.number) || message.kind === 'other') return;
    if (message.kind === 'ttl') {
      if (message.stream === this.#layout.stream) this.#listener.onTtl(message);
      return;
    }
    const column = this.#columnOf(message);
    if (column !== undefined) this.#put(message, column);
  }

  #isNew(number: number): boolean {
    if (number > this.#newest) {
      this.#repeatedInARow = 0;
      if (this.#newest > 0 && number > this.#newest + 1) {
        this.#isBroken = true;
        this.#listener.onMessagesLost(number - this.#newest - 1);
      }
      this.#newest = number;
      return true;
    }
    this.#repeatedInARow++;
    // A new acquisition counts from 1 on; its first messages may have been dropped.
    if (number < this.#newest && (number === 1 || this.#repeatedInARow > 2 * this.#layout.channels.length))
      this.#end('run-restarted', `messages count from ${number} again, after ${this.#newest}`);
    else this.#listener.onRepeated();
    return false;
  }

  #columnOf({ stream, sampleRateHz, channel }: DataMessage): number | undefined {
    const layout = this.#layout;
    if (stream !== layout.stream) this.#end('other-stream', `'${stream}' is sent, not '${layout.stream}'`);
    else if (sampleRateHz !== layout.sampleRateHz)
      this.#end('rate-changed', `${sampleRateHz} samples per second are sent, not ${layout.sampleRateHz}`);
    else {
      const column = this.#columns.get(channel);
      if (column === undefined) this.#end('layout-changed', `channel ${channel} is sent, which was not there before`);
      return column;
    }
    return undefined;
  }

  /** A block's channels come in order. What a lost message breaks is dropped up to the next block; without one, the channels are others. */
  #put({ firstSample, sampleCount, payload }: DataMessage, column: number): void {
    if (column !== this.#payloads.length && !this.#isBroken) {
      const { channels } = this.#layout;
      this.#end('layout-changed', `channel ${channels[column]} came where ${channels[this.#payloads.length]} was due`);
      return;
    }
    if (column === 0) {
      [this.#firstSample, this.#sampleCount, this.#payloads] = [firstSample, sampleCount, []];
      this.#isBroken = false;
    } else this.#isBroken ||= firstSample !== this.#firstSample || sampleCount !== this.#sampleCount;
    if (this.#isBroken) return;
    this.#payloads.push(payload);
    if (this.#payloads.length < this.#layout.channels.length) return;
    const payloads = this.#payloads;
    this.#payloads = [];
    this.#handOut({ firstSample, sampleCount, payloads });
  }

  #handOut(block: ChannelBlock): void {
    const { firstSample, sampleCount } = block;
    const expected = this.#next ?? firstSample;
    if (firstSample < expected) {
      this.#end('run-restarted', `samples count from ${firstSample} again, before ${expected}`);
      return;
    }
    if (firstSample > expected) this.#listener.onGap(expected, firstSample - expected);
    this.#next = firstSample + sampleCount;
    this.#listener.onBlock(block);
  }

  #end(change: Parameters<AssemblerListener['onChanged']>[0], message: string): void {
    this.#isOver = true;
    this.#listener.onChanged(change, message);
  }
}
