// Stores samples as microvolts, for programs that know no steps of a converter; analysis process.
import type { GrowingRows } from './growing-rows.ts';

export class MicrovoltRows {
  readonly #rows: GrowingRows<Float32Array>;
  readonly #microvoltsPerBit: number;
  /** Grows to the longest block. */
  #microvolts = new Float32Array(0);

  constructor(rows: GrowingRows<Float32Array>, microvoltsPerBit: number) {
    this.#rows = rows;
    this.#microvoltsPerBit = microvoltsPerBit;
  }

  /** @param samples in bits of the device. Each is stored as the single-precision number that is nearest to its microvolts. */
  add(samples: Int16Array): void {
    if (this.#microvolts.length < samples.length) this.#microvolts = new Float32Array(samples.length);
    const microvolts = this.#microvolts.subarray(0, samples.length);
    for (let index = 0; index < samples.length; index++) microvolts[index] = samples[index]! * this.#microvoltsPerBit;
    this.#rows.add(microvolts);
  }

  finish(): void {
    this.#rows.finish();
  }
}
