// Counts the words of a buffer that are given away, one piece after the other; simulation process.

export class Words {
  #count = 0;

  /** All that are given away. */
  get count(): number {
    return this.#count;
  }

  /** @returns where the piece begins. */
  take(words: number): number {
    const start = this.#count;
    this.#count += words;
    return start;
  }
}
