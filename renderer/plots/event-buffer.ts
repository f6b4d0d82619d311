// The last events of one kind (spikes, deliveries), each a time, a number and a value, in a ring of typed arrays; used in the page.

/** Events of one moment come in messages up to this far apart, and not always in order; plots look so far back and ahead. */
export const lateSeconds = 0.03;

/**
 * Events come in order of time but for a few milliseconds within one message; whoever searches by time allows for it.
 * Events are counted from the last `clear`; `first` to `end` are kept, the oldest are overwritten when full.
 */
export class EventBuffer {
  readonly #mask: number;
  readonly #seconds: Float64Array;
  readonly #id: Uint32Array;
  readonly #value: Float32Array;
  /** Count of the event after the newest. */
  end = 0;

  /** @param capacity events kept; rounded up to a power of two. @param hasValues false saves the memory of the values, which are then 0. */
  constructor(capacity: number, hasValues = true) {
    const places = 2 ** Math.ceil(Math.log2(capacity));
    this.#mask = places - 1;
    this.#seconds = new Float64Array(places);
    this.#id = new Uint32Array(places);
    this.#value = new Float32Array(hasValues ? places : 0);
  }

  /** Count of the oldest event that is kept. */
  get first(): number {
    return Math.max(0, this.end - this.#mask - 1);
  }

  /** @param seconds stream time. @param id electrode or neuron. @param values µV or µA; absent: none. */
  push(seconds: Float64Array, id: Uint16Array | Uint32Array, values?: Float32Array): void {
    for (let index = 0; index < seconds.length; index++) {
      const place = this.end++ & this.#mask;
      this.#seconds[place] = seconds[index]!;
      this.#id[place] = id[index]!;
      this.#value[place] = values?.[index] ?? 0;
    }
  }

  clear(): void {
    this.end = 0;
  }

  secondsAt(event: number): number {
    return this.#seconds[event & this.#mask]!;
  }

  idAt(event: number): number {
    return this.#id[event & this.#mask]!;
  }

  valueAt(event: number): number {
    return this.#value[event & this.#mask] ?? 0;
  }

  /** The first kept event at or after this time, `end` if there is none. */
  firstAtOrAfter(seconds: number): number {
    let low = this.first;
    let high = this.end;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.secondsAt(middle) < seconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
