// The states that a search has met, with the state that each was first reached from: open addressing over typed arrays; for the model check.

const firstSlots = 1 << 16;

/** Vectors of a fixed number of 32-bit words, numbered in the order in which they were added. */
export class StateSet {
  readonly #words: number;
  #vectors: Uint32Array;
  #parents: Int32Array;
  /** Number of a state plus 1; 0: free. At most half of it is used. */
  #slots = new Int32Array(firstSlots);
  #size = 0;

  constructor(words: number) {
    this.#words = words;
    this.#vectors = new Uint32Array((firstSlots / 2) * words);
    this.#parents = new Int32Array(firstSlots / 2);
  }

  get size(): number {
    return this.#size;
  }

  /** All vectors, one after the other: that of state n begins at n × words. Valid until the next `add`. */
  get vectors(): Uint32Array {
    return this.#vectors;
  }

  /** State that `state` was first reached from; -1: it is the first one. */
  parentOf(state: number): number {
    return this.#parents[state]!;
  }

  /** @returns the number of a vector that is known, or -1. */
  find(vector: Uint32Array): number {
    return this.#slots[this.#slotOf(vector, 0)]! - 1;
  }

  /** @returns whether the vector is new. */
  add(vector: Uint32Array, parent: number): boolean {
    const slot = this.#slotOf(vector, 0);
    if (this.#slots[slot]! !== 0) return false;
    this.#vectors.set(vector, this.#size * this.#words);
    this.#parents[this.#size] = parent;
    this.#slots[slot] = ++this.#size;
    if (this.#size === this.#slots.length / 2) this.#grow();
    return true;
  }

  /** The slot of a vector that begins at `from`, or the free slot where it belongs. */
  #slotOf(vector: Uint32Array, from: number): number {
    const mask = this.#slots.length - 1;
    let slot = this.#hash(vector, from) & mask;
    for (;;) {
      const state = this.#slots[slot]!;
      if (state === 0 || this.#isAt((state - 1) * this.#words, vector, from)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #isAt(at: number, vector: Uint32Array, from: number): boolean {
    for (let word = 0; word < this.#words; word++) if (this.#vectors[at + word] !== vector[from + word]) return false;
    return true;
  }

  /** Murmur3's mixing of 32-bit words (Appleby 2011). */
  #hash(vector: Uint32Array, from: number): number {
    let hash = 0;
    for (let word = 0; word < this.#words; word++) {
      let mixed = Math.imul(vector[from + word]!, 0xcc9e2d51);
      mixed = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
      hash ^= mixed;
      hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  #grow(): void {
    const capacity = this.#slots.length;
    const vectors = new Uint32Array(capacity * this.#words);
    vectors.set(this.#vectors);
    const parents = new Int32Array(capacity);
    parents.set(this.#parents);
    this.#vectors = vectors;
    this.#parents = parents;
    this.#slots = new Int32Array(capacity * 2);
    for (let state = 0; state < this.#size; state++) {
      const slot = this.#slotOf(vectors, state * this.#words);
      this.#slots[slot] = state + 1;
    }
  }
}
