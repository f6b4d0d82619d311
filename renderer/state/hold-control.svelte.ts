// A control that acts only when it has been held for a second. Runs in the page.
import type { Disposable } from '../../common/base/disposable.ts';
import type { PageTime } from '../time/page-time.ts';

export const holdMilliseconds = 1000;

export class HoldControl implements Disposable {
  /** Part of the time that has passed, 0 to 1. */
  fraction = $state(0);
  readonly #onHeld: (heldMilliseconds: number) => void;
  readonly #time: PageTime;
  #startedMs: number | undefined;
  #tick: Disposable | undefined;

  constructor(onHeld: (heldMilliseconds: number) => void, time: PageTime) {
    this.#onHeld = onHeld;
    this.#time = time;
  }

  /** Begins; a second press while one is held means nothing. */
  press(): void {
    if (this.#startedMs !== undefined) return;
    this.#startedMs = this.#time.nowMs();
    this.#tick = this.#time.every(16, () => this.#update());
  }

  /** Lets go: before the second is over nothing happens. */
  release(): void {
    this.#tick?.dispose();
    this.#startedMs = undefined;
    this.fraction = 0;
  }

  dispose(): void {
    this.release();
  }

  #update(): void {
    if (this.#startedMs === undefined) return;
    const heldMilliseconds = this.#time.nowMs() - this.#startedMs;
    this.fraction = Math.min(heldMilliseconds / holdMilliseconds, 1);
    if (heldMilliseconds < holdMilliseconds) return;
    this.release();
    this.#onHeld(heldMilliseconds);
  }
}
