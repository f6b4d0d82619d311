// The clock of the closed loop: calls back at absolute deadlines, natively or in TypeScript; runs in the rig thread.
import type { Disposable } from '../common/base/disposable.ts';
import type { NativeAddon, OnTick } from './native-addon.ts';

/** Runs until disposed, and keeps the process alive until then. No tick comes after `dispose` returns. */
export interface TickTimer extends Disposable {
  readonly kind: 'native' | 'typescript';
  /** Tick n is due (n + 1) × periodNs after this, on the clock of `process.hrtime`. */
  readonly startedNs: number;
}

/**
 * Starts a periodic timer. Ticks that are due while JavaScript is busy are joined into one call, which counts them.
 * @param native the addon; without it the same is done by an event loop that never sleeps for periods of 2 ms or less.
 * @param periodNs whole, from 1,000.
 */
export function createTickTimer(
  native: Pick<NativeAddon, 'TickTimer'> | undefined,
  periodNs: number,
  onTick: OnTick,
): TickTimer {
  const startedNs = nowNs();
  if (!native) return new TypeScriptTickTimer(startedNs, periodNs, onTick);
  const timer = new native.TickTimer(periodNs, startedNs, onTick);
  return { kind: 'native', startedNs, dispose: () => timer.stop() };
}

/** Timeouts may fire this much late, so that the rest is left to the event loop's own turns. */
const coarseNs = 2e6;

class TypeScriptTickTimer implements TickTimer {
  readonly kind = 'typescript';
  readonly startedNs: number;
  readonly #periodNs: number;
  readonly #onTick: OnTick;
  #lastTick = -1;
  #isDisposed = false;
  #timeout: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;

  constructor(startedNs: number, periodNs: number, onTick: OnTick) {
    this.startedNs = startedNs;
    this.#periodNs = periodNs;
    this.#onTick = onTick;
    this.#wait();
  }

  #wait(): void {
    const remainingNs = this.startedNs + (this.#lastTick + 2) * this.#periodNs - nowNs();
    if (remainingNs > coarseNs) this.#timeout = setTimeout(() => this.#wait(), (remainingNs - coarseNs) / 1e6);
    else this.#immediate = setImmediate(() => this.#turn());
  }

  #turn(): void {
    const actualNs = nowNs();
    const tick = Math.floor((actualNs - this.startedNs) / this.#periodNs) - 1;
    const missedTicks = tick - this.#lastTick - 1;
    try {
      if (missedTicks >= 0) {
        this.#lastTick = tick;
        this.#onTick(tick, this.startedNs + (tick + 1) * this.#periodNs, actualNs, missedTicks);
      }
    } finally {
      if (!this.#isDisposed) this.#wait();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timeout);
    clearImmediate(this.#immediate);
  }
}

function nowNs(): number {
  return Number(process.hrtime.bigint());
}
