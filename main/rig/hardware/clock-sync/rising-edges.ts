// Finds where a line goes high, sample by sample; between the two levels it stays as it was. Pure, runs in the rig thread.

export class RisingEdges {
  readonly #highFrom: number;
  readonly #lowUntil: number;
  readonly #onEdge: (sample: number) => void;
  /** Undefined: not known, after lost samples. */
  #isHigh: boolean | undefined;
  #next = -1;

  /** @param highFrom a value from which on the line is high @param lowUntil at most this it is low */
  constructor(highFrom: number, lowUntil: number, onEdge: (sample: number) => void) {
    this.#highFrom = highFrom;
    this.#lowUntil = lowUntil;
    this.#onEdge = onEdge;
  }

  take(sample: number, value: number): void {
    if (sample !== this.#next) this.#isHigh = undefined;
    this.#next = sample + 1;
    if (value <= this.#lowUntil) this.#isHigh = false;
    else if (value >= this.#highFrom) {
      if (this.#isHigh === false) this.#onEdge(sample);
      this.#isHigh = true;
    }
  }
}
