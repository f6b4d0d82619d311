// Learns which channels the ZMQ Interface sends: its stream names each, and the order repeats with every block; pure, runs in the reader thread.
import type { StreamLayout } from './block-assembler.ts';
import type { DataMessage, StreamMessage } from './stream-message.ts';

/** Whole blocks that must agree. */
const agreeing = 2;

export class LayoutLearner {
  #number = 0;
  #block: DataMessage[] = [];
  /** The block that is being heard began before anybody listened, or lost a message. */
  #isBroken = true;
  #candidate: StreamLayout | undefined;
  #agreed = 0;

  /** @returns the layout as soon as it is certain; `message` then belongs to the next block */
  take(message: StreamMessage): StreamLayout | undefined {
    const isNext = message.number === this.#number + 1;
    this.#number = message.number;
    if (!isNext) this.#isBroken = true;
    if (message.kind !== 'data') return undefined;
    const first = this.#block[0];
    if (first !== undefined && message.firstSample === first.firstSample) {
      this.#block.push(message);
      return undefined;
    }
    const layout = this.#isBroken ? undefined : layoutOf(this.#block);
    // A run's first message begins a block; of any other that is heard first nobody knows.
    this.#isBroken = first === undefined ? message.number !== 1 : !isNext;
    this.#block = [message];
    const isSame = layout !== undefined && JSON.stringify(layout) === JSON.stringify(this.#candidate);
    this.#agreed = layout === undefined ? 0 : isSame ? this.#agreed + 1 : 1;
    this.#candidate = layout;
    return this.#agreed >= agreeing ? layout : undefined;
  }
}

/** @returns undefined when it cannot be one block of one stream */
function layoutOf(block: readonly DataMessage[]): StreamLayout | undefined {
  const first = block[0];
  if (first === undefined) return undefined;
  const { stream, sampleRateHz, sampleCount } = first;
  const channels = block.map(({ channel }) => channel);
  const isOne = block.every(
    (each) => each.stream === stream && each.sampleRateHz === sampleRateHz && each.sampleCount === sampleCount,
  );
  return isOne && new Set(channels).size === channels.length ? { stream, sampleRateHz, channels } : undefined;
}
