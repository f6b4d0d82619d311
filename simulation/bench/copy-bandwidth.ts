// How fast this machine reads and writes memory that no cache holds, on one thread; bench program of the simulation.

/** Several times the largest caches. */
const megabytes = 256;

/** A copy: what is read once and written once, as the state of synapses that change in every step. */
export class CopyBandwidth {
  readonly #from = new Int32Array((megabytes * 1e6) / 4).fill(1);
  readonly #to = new Int32Array((megabytes * 1e6) / 4).fill(2);

  /** @returns 10⁹ bytes per second, those read and those written together; the fastest of three copies */
  measure(): number {
    let fastestMs = Infinity;
    for (let copy = 0; copy < 3; copy++) {
      const beganMs = performance.now();
      this.#to.set(this.#from);
      fastestMs = Math.min(fastestMs, performance.now() - beganMs);
    }
    return (2 * this.#from.byteLength) / 1e6 / fastestMs;
  }
}
