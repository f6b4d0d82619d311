// Sums what happened in a sliding window of time, in whole buckets: never less than the truth. Rig thread; pure.
import type { StateArchive } from '../../../common/base/state-archive.ts';

/** A window of `buckets` × `bucketNs`. Times that are asked about must not decrease. */
export class SlidingSum {
  readonly #bucketNs: number;
  /** One more than the window holds: the oldest counts whole until it is out of the window altogether. */
  readonly #sums: Float64Array;
  #newest = -Infinity;
  #total = 0;

  constructor(bucketNs: number, buckets: number) {
    this.#bucketNs = bucketNs;
    this.#sums = new Float64Array(buckets + 1);
  }

  /** What was added in the last `buckets` × `bucketNs`, and at most one bucket more. */
  sumAt(nowNs: number): number {
    this.#advance(Math.floor(nowNs / this.#bucketNs));
    return this.#total;
  }

  /** @param amount whole, so that sums are exact. What is older than the window is not counted. */
  add(nowNs: number, amount: number): void {
    const bucket = Math.floor(nowNs / this.#bucketNs);
    this.#advance(bucket);
    if (bucket + this.#sums.length <= this.#newest) return;
    this.#sums[this.#slot(bucket)]! += amount;
    this.#total += amount;
  }

  #slot(bucket: number): number {
    const { length } = this.#sums;
    return ((bucket % length) + length) % length;
  }

  #advance(bucket: number): void {
    if (!(bucket > this.#newest)) return;
    if (!(bucket - this.#newest < this.#sums.length)) {
      this.#sums.fill(0);
      this.#total = 0;
    } else {
      for (let passed = this.#newest + 1; passed <= bucket; passed++) {
        const slot = this.#slot(passed);
        this.#total -= this.#sums[slot]!;
        this.#sums[slot] = 0;
      }
    }
    this.#newest = bucket;
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    archive.array(this.#sums);
    this.#newest = archive.number(this.#newest);
    this.#total = archive.number(this.#total);
  }
}
