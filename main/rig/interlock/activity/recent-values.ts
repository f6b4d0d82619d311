// Keeps the newest values of one quantity in order of time and of size, so that quantiles are read off. Rig thread; pure.
import type { StateArchive } from '../../../../common/base/state-archive.ts';

/** Single precision. Taking a value in costs two searches and one move of memory, whatever was there before. */
export class RecentValues {
  /** In order of time: a ring. */
  readonly #ring: Float32Array;
  /** The same values in order of size. */
  readonly #sorted: Float32Array;
  #next = 0;
  #count = 0;

  constructor(capacity: number) {
    this.#ring = new Float32Array(capacity);
    this.#sorted = new Float32Array(capacity);
  }

  get count(): number {
    return this.#count;
  }

  /** The value below which a `share` of the others lie, 0 to 1. NaN when there is none. */
  quantile(share: number): number {
    return this.#sorted[Math.floor(share * (this.#count - 1))] ?? NaN;
  }

  /** Takes in a finite value; the oldest one goes when it is full. */
  add(value: number): void {
    const ring = this.#ring;
    const sorted = this.#sorted;
    const isFull = this.#count === ring.length;
    const gone = isFull ? this.#placeOf(ring[this.#next]!) : this.#count++;
    ring[this.#next] = value;
    this.#next = (this.#next + 1) % ring.length;
    // The place of what goes is filled last, so that only what lies between the two places moves.
    if (!isFull) sorted[gone] = Infinity;
    const place = this.#placeOf(value);
    if (place <= gone) {
      sorted.copyWithin(place + 1, place, gone);
      sorted[place] = value;
    } else {
      sorted.copyWithin(gone, gone + 1, place);
      sorted[place - 1] = value;
    }
  }

  /** First place in order of size that does not hold less than `value`. */
  #placeOf(value: number): number {
    const sorted = this.#sorted;
    const single = Math.fround(value);
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]! < single) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    archive.array(this.#ring);
    archive.array(this.#sorted);
    this.#next = archive.number(this.#next);
    this.#count = archive.number(this.#count);
  }
}
