// Knows what one quantity usually is, and says how far a new value lies above it. Rig thread; pure.
import type { StateArchive } from '../../../../common/base/state-archive.ts';
import { RecentValues } from './recent-values.ts';

/** Share of Gaussian values that lie more than one standard deviation below their mean. */
const belowOneSigma = 0.1587;
/** A value this far above the baseline is not learnt, so that an event does not become its own baseline. */
const learntBelowSigmas = 3;

export interface BaselineMemory {
  /** Values that are remembered. */
  readonly remembered: number;
  /** Values without which nothing is judged. */
  readonly needed: number;
  /** Values in a row that are held back at most: what lasts longer is the new baseline. */
  readonly heldBackMax: number;
}

/**
 * The baseline is the median of the remembered values, σ their distance from the median down to the lower 16 %: bursts, which only lie
 * above, move both little as long as they fill much less than half of the time.
 */
export class RunningBaseline {
  readonly #memory: BaselineMemory;
  readonly #sigmaMin: (median: number) => number;
  readonly #recent: RecentValues;
  #heldBack = 0;

  /** @param sigmaMin smallest σ that is believed at a baseline. */
  constructor(memory: BaselineMemory, sigmaMin: (median: number) => number) {
    this.#memory = memory;
    this.#sigmaMin = sigmaMin;
    this.#recent = new RecentValues(memory.remembered);
  }

  /** Judges a value by those before it, then learns it. @returns its σ above the baseline; NaN: it is no number, or too few came before. */
  note(value: number): number {
    const recent = this.#recent;
    const median = recent.quantile(0.5);
    const spread = median - recent.quantile(belowOneSigma);
    const sigmas = (value - median) / Math.max(spread, this.#sigmaMin(median));
    const isKnown = recent.count >= this.#memory.needed;
    if (!Number.isFinite(value)) return NaN;
    const isHigh = isKnown && sigmas > learntBelowSigmas;
    if (!isHigh) this.#heldBack = 0;
    if (isHigh && this.#heldBack < this.#memory.heldBackMax) this.#heldBack++;
    else recent.add(value);
    return isKnown ? sigmas : NaN;
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    this.#recent.exchange(archive);
    this.#heldBack = archive.number(this.#heldBack);
  }
}
