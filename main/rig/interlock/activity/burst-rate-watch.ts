// Says when the tissue bursts far more often than it used to. Rig thread; pure.
import type { StateArchive } from '../../../../common/base/state-archive.ts';
import type { ActivityLimits } from '../../../../common/limits/activity-limits.ts';
import type { ActivityFinding } from './activity-finding.ts';

const rememberedSeconds = 600;
/** Seconds without which nothing is judged. */
const neededSeconds = 60;
/** The newest seconds are not learnt, nor is a time in which the rate is this far above the baseline, so that no runaway becomes its own baseline… */
const delaySeconds = 30;
const learntBelowRatio = 2;
/** …unless it lasts longer than this. */
const heldBackMaxSeconds = 600;
/** A slower baseline counts as this rate, the lower end of what cultures do by themselves: a few bursts more are no runaway. */
const baselineMinHz = 0.1;
/** The rate must be too high in each of these stretches: one cluster of bursts is no runaway. A limit between two of them is rounded down. */
const stretchSeconds = 10;
/** The longest time that is judged. */
const keptSeconds = 300;

export class BurstRateWatch {
  #limits: ActivityLimits;
  /** Bursts in each of the newest seconds: a ring. */
  readonly #bursts = new Uint16Array(keptSeconds);
  #seconds = 0;
  #baselineHz = 0;
  #learntSeconds = 0;
  #heldBack = 0;
  #isPresent = false;

  constructor(limits: ActivityLimits) {
    this.#limits = limits;
  }

  /** Whether what was reported goes on. */
  get isPresent(): boolean {
    return this.#isPresent;
  }

  tighten(limits: ActivityLimits): void {
    this.#limits = limits;
  }

  /** @param bursts that began in the next second. @returns a finding once for each time that the rate stays too high. */
  noteSecond(bursts: number): ActivityFinding | undefined {
    this.#bursts[this.#seconds % keptSeconds] = bursts;
    this.#seconds++;
    if (this.#seconds > delaySeconds) this.#learn(this.#count(delaySeconds, delaySeconds + 1));
    return this.#judge();
  }

  #judge(): ActivityFinding | undefined {
    const ratio = this.#limits.burstRateMaxPermille / 1000;
    const baselineHz = Math.max(this.#baselineHz, baselineMinHz);
    const bound = ratio * baselineHz;
    const wanted = Math.floor(this.#limits.burstRateMaxMilliseconds / (1000 * stretchSeconds));
    const seconds = Math.min(keptSeconds, stretchSeconds * Math.max(1, wanted));
    const wasPresent = this.#isPresent;
    this.#isPresent = this.#learntSeconds >= neededSeconds && this.#isAbove(bound, seconds);
    if (!this.#isPresent || wasPresent) return undefined;
    const value = this.#count(0, seconds) / seconds;
    return {
      code: 'runaway-tissue',
      message:
        `The tissue has burst ${value.toFixed(2)} times a second for ${seconds} s; at most ${ratio} times its baseline of ` +
        `${baselineHz.toFixed(2)} a second is allowed.`,
      value,
      bound,
      unit: 'Hz',
    };
  }

  /** Whether the rate is above a bound in each stretch of the newest seconds. */
  #isAbove(boundHz: number, seconds: number): boolean {
    for (let ago = 0; ago < seconds; ago += stretchSeconds) {
      if (this.#count(ago, ago + stretchSeconds) <= boundHz * stretchSeconds) return false;
    }
    return true;
  }

  /** Bursts of the seconds that ended at least `from` and less than `until` seconds ago; none before the start. */
  #count(from: number, until: number): number {
    let count = 0;
    for (let ago = from; ago < until; ago++)
      count += this.#bursts[(this.#seconds - 1 - ago + keptSeconds) % keptSeconds]!;
    return count;
  }

  #learn(bursts: number): void {
    const rateHz = this.#count(0, delaySeconds) / delaySeconds;
    const isHigh =
      this.#learntSeconds >= neededSeconds && rateHz > learntBelowRatio * Math.max(this.#baselineHz, baselineMinHz);
    this.#heldBack = isHigh ? this.#heldBack + 1 : 0;
    if (isHigh && this.#heldBack <= heldBackMaxSeconds) return;
    this.#learntSeconds = Math.min(rememberedSeconds, this.#learntSeconds + 1);
    this.#baselineHz += (bursts - this.#baselineHz) / this.#learntSeconds;
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    archive.array(this.#bursts);
    this.#seconds = archive.number(this.#seconds);
    this.#baselineHz = archive.number(this.#baselineHz);
    this.#learntSeconds = archive.number(this.#learntSeconds);
    this.#heldBack = archive.number(this.#heldBack);
    this.#isPresent = archive.flag(this.#isPresent);
  }
}
