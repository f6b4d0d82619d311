// Says for how long a counter in shared memory has not moved. Any thread; pure.

export class BeatWatch {
  #last = 0;
  #changedNs = -Infinity;

  /** @returns ns since the counter was last seen to change; 0 at the first look. */
  silentNs(count: number, nowNs: number): number {
    if (this.#changedNs === -Infinity || count !== this.#last) {
      this.#last = count;
      this.#changedNs = nowNs;
    }
    return nowNs - this.#changedNs;
  }
}
