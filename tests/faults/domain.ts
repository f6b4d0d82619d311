// A thread or process of the simulated computer: its timers and messages wait while it hangs and are gone when it is killed.
import { type Disposable, toDisposable } from '../../common/base/disposable.ts';
import type { RigTime } from '../../main/rig/rig-time.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The monotonic clock of a computer; it stands still while the computer sleeps. */
export class ComputerClock {
  readonly #time: VirtualTime;
  #sleptNs = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  nowNs(): number {
    return this.#time.nowNs - this.#sleptNs;
  }

  sleep(milliseconds: number): void {
    this.#sleptNs += milliseconds * 1e6;
  }
}

export class Domain implements RigTime {
  readonly #time: VirtualTime;
  readonly #clock: { nowNs(): number };
  #hungUntilNs = -Infinity;
  #isDead = false;
  /** What came while it hung, in order. */
  #waiting: (() => void)[] = [];

  constructor(time: VirtualTime, clock: { nowNs(): number }) {
    this.#time = time;
    this.#clock = clock;
  }

  nowNs(): number {
    return this.#clock.nowNs();
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  get isHung(): boolean {
    return this.#time.nowNs < this.#hungUntilNs;
  }

  kill(): void {
    this.#isDead = true;
    this.#waiting = [];
  }

  hang(milliseconds: number): void {
    this.#hungUntilNs = Math.max(this.#hungUntilNs, this.#time.nowNs + milliseconds * 1e6);
    this.#time.at(this.#hungUntilNs, () => this.#resume());
  }

  /** Does something in this thread: now, after its hang, or never. */
  run(act: () => void): void {
    if (this.#isDead) return;
    if (this.isHung || this.#waiting.length > 0) this.#waiting.push(act);
    else act();
  }

  after(milliseconds: number, act: () => void): Disposable {
    let isDisposed = false;
    const due = this.#time.at(this.#time.nowNs + milliseconds * 1e6, () =>
      this.run(() => {
        if (!isDisposed) act();
      }),
    );
    return toDisposable(() => {
      isDisposed = true;
      due.dispose();
    });
  }

  /** Periods that were missed in a hang are made up for by one call, as timers of Node do. */
  every(milliseconds: number, act: () => void): Disposable {
    let isDisposed = false;
    let next: Disposable | undefined;
    const again = () => {
      next = this.after(milliseconds, () => {
        if (isDisposed) return;
        again();
        act();
      });
    };
    again();
    return toDisposable(() => {
      isDisposed = true;
      next?.dispose();
    });
  }

  #resume(): void {
    if (this.isHung || this.#isDead) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const act of waiting) if (!this.#isDead) act();
  }
}
