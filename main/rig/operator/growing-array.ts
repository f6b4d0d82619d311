// Collects numbers between two messages to a page, up to a bound; what is beyond is counted as dropped. Rig thread.

type Numbers = Float64Array | Float32Array | Uint32Array | Uint16Array | Int16Array;

/** A typed array with a fill level. */
export class GrowingArray<A extends Numbers> {
  readonly #values: A;
  #count = 0;
  dropped = 0;

  /** @param values memory for the largest number of values that a message may hold. */
  constructor(values: A) {
    this.#values = values;
  }

  get count(): number {
    return this.#count;
  }

  hasRoomFor(count: number): boolean {
    return this.#count + count <= this.#values.length;
  }

  push(value: number): void {
    if (this.#count < this.#values.length) this.#values[this.#count++] = value;
    else this.dropped++;
  }

  /** Adds all of `values` or, when they do not fit, none. */
  pushAll(values: Int16Array): void {
    if (!this.hasRoomFor(values.length)) {
      this.dropped += values.length;
      return;
    }
    this.#values.set(values, this.#count);
    this.#count += values.length;
  }

  /** @returns a view of what was collected; valid until the next `push`. */
  get filled(): A {
    return this.#values.subarray(0, this.#count) as A;
  }

  clear(): void {
    this.#count = 0;
  }
}
