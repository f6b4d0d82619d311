// Monotonic time as an argument, and a fake of it for tests; used in every process.

/** A monotonic clock. Nanoseconds as a double are exact to 2 ns for a century of uptime. */
export interface Clock {
  /** Nanoseconds since an arbitrary origin that all processes of one machine share. */
  nowNs(): number;
}

/** A clock that moves only when told to. */
export class FakeClock implements Clock {
  #nowNs: number;

  constructor(startNs = 0) {
    this.#nowNs = startNs;
  }

  nowNs(): number {
    return this.#nowNs;
  }

  advanceMilliseconds(milliseconds: number): void {
    this.#nowNs += milliseconds * 1e6;
  }
}
