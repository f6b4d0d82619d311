// Counts what the HID thread has handed to its user and the user has not taken yet, and says when that is too much. Runs in the HID thread; pure.

/** So much of the samples may wait for a user that is slower than the board, as in the rings of the other readers. */
const secondsMax = 2;
/** However long blocks are: a user tells only now and then what it has taken, and statuses wait with them. */
const blocksAtLeast = 256;
/** However short they are: a board says how long when nobody else does. */
const blocksAtMost = 4096;

/** A user tells each time that it has taken so many more messages; far fewer than may wait. */
export const takenAtOnce = 32;

/**
 * The queue between the thread and its user, over all lines that the user opens one after another. Frames and changes of digital
 * inputs count; when it is full blocks of samples are dropped, and when others go on filling it the line ends.
 */
export class HandOver {
  #waiting = 0;
  #blocksMax = blocksAtLeast;

  /** @param seconds length of the blocks that come from now on */
  setBlockLength(seconds: number): void {
    this.#blocksMax = Math.min(blocksAtMost, Math.max(blocksAtLeast, Math.ceil(secondsMax / seconds)));
  }

  /** Messages that may wait, whatever they are. */
  get messagesMax(): number {
    return 2 * this.#blocksMax;
  }

  /** Messages that the user has not told of. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whether a block may be handed over; one that may not is dropped. */
  get hasRoomForBlock(): boolean {
    return this.#waiting < this.#blocksMax;
  }

  /** Whether anything else may be handed over: it is never dropped. */
  get hasRoom(): boolean {
    return this.#waiting < this.messagesMax;
  }

  /** A message has been handed over. */
  add(): void {
    this.#waiting++;
  }

  /** The user has taken so many more messages. */
  take(messages: number): void {
    this.#waiting -= messages;
  }
}
