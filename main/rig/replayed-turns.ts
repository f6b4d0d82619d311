// Gives the chain of a replay the readings that were taken when the session was recorded. Replay thread.
import type { Turns } from './turns.ts';

export class ReplayedTurns implements Turns {
  #readings: Float64Array = new Float64Array(0);
  #next = 0;
  #newestNs = 0;

  /** Begins a turn with its readings. */
  play(readings: Float64Array): void {
    this.#readings = readings;
    this.#next = 0;
  }

  readonly nowNs = (): number => {
    // A replay that goes another way may ask more often than the recording did: time stands still then.
    if (this.#next < this.#readings.length) this.#newestNs = this.#readings[this.#next++]!;
    return this.#newestNs;
  };

  reading(value: number): number {
    return this.#next < this.#readings.length ? this.#readings[this.#next++]! : value;
  }

  // What the recorded turns are is known.
  begin(): void {}
  end(): void {}
  cancel(): void {}
  input(): void {}
}
