// Which pulses were permitted when: rates per electrode and in all, pulses of the session, electrodes still busy. Rig thread; pure.
import type { FrozenLimits } from './limits.ts';
import { SlidingCount } from './sliding-count.ts';

const secondNs = 1e9;

/** Pulses that a rate allows in its window. Rates below 1 Hz are counted in a window long enough for one pulse. */
function allowance(rateHz: number): { windowNs: number; pulses: number } {
  return rateHz >= 1 ? { windowNs: secondNs, pulses: Math.floor(rateHz) } : { windowNs: secondNs / rateHz, pulses: 1 };
}

interface ElectrodeDose {
  recent: SlidingCount;
  pulses: number;
  windowNs: number;
  busyUntilNs: number;
}

/** Counts permitted pulses, not delivered ones: what was permitted must be assumed to have happened. */
export class Dose {
  readonly #electrodes = new Map<number, ElectrodeDose>();
  readonly #all: SlidingCount;
  readonly allPulses: number;
  readonly allWindowNs: number;
  #session = 0;

  constructor(limits: FrozenLimits) {
    for (const [electrode, { rateMaxHz }] of limits.electrodes) {
      const { windowNs, pulses } = allowance(rateMaxHz);
      this.#electrodes.set(electrode, {
        recent: new SlidingCount(windowNs, pulses),
        pulses,
        windowNs,
        busyUntilNs: -Infinity,
      });
    }
    const all = allowance(limits.totalRateMaxHz);
    this.allPulses = all.pulses;
    this.allWindowNs = all.windowNs;
    this.#all = new SlidingCount(all.windowNs, all.pulses);
  }

  /** Pulses of the electrode inside its window, and how many the limit allows there. */
  electrodeAt(
    electrode: number,
    nowNs: number,
  ): { count: number; pulses: number; windowNs: number; busyUntilNs: number } {
    const dose = this.#electrodes.get(electrode);
    if (dose === undefined) return { count: Infinity, pulses: 0, windowNs: secondNs, busyUntilNs: Infinity };
    return {
      count: dose.recent.countAt(nowNs),
      pulses: dose.pulses,
      windowNs: dose.windowNs,
      busyUntilNs: dose.busyUntilNs,
    };
  }

  allAt(nowNs: number): number {
    return this.#all.countAt(nowNs);
  }

  get sessionPulses(): number {
    return this.#session;
  }

  /** Notes a permitted pulse that keeps its electrode busy for `durationMicroseconds`. */
  add(electrode: number, nowNs: number, durationMicroseconds: number): void {
    const dose = this.#electrodes.get(electrode);
    if (dose === undefined) return;
    dose.recent.add(nowNs);
    dose.busyUntilNs = nowNs + durationMicroseconds * 1000;
    this.#all.add(nowNs);
    this.#session++;
  }
}
