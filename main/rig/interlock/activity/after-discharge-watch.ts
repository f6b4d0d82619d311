// Says when activity does not come to rest after the last pulse of a train. Rig thread; pure.
import type { StateArchive } from '../../../../common/base/state-archive.ts';
import type { ActivityLimits } from '../../../../common/limits/activity-limits.ts';
import type { ActivityFinding } from './activity-finding.ts';
import type { ActivityGeometry } from './activity-input.ts';
import { isWidespread } from './is-widespread.ts';

/** The tissue's answer to a pulse, which is meant to happen. */
const evokedSeconds = 0.05;

/** Each pulse begins anew: what is judged follows the last one. */
export class AfterDischargeWatch {
  readonly #geometry: ActivityGeometry;
  #limits: ActivityLimits;
  #lastPulse = -Infinity;
  /** Whether activity came to rest after the last pulse, or was reported. */
  #isSettled = true;
  #isPresent = false;

  constructor(geometry: ActivityGeometry, limits: ActivityLimits) {
    this.#geometry = geometry;
    this.#limits = limits;
  }

  /** Whether what was reported goes on. */
  get isPresent(): boolean {
    return this.#isPresent;
  }

  tighten(limits: ActivityLimits): void {
    this.#limits = limits;
  }

  notePulse(sample: number): void {
    if (!(sample > this.#lastPulse)) return;
    this.#lastPulse = sample;
    this.#isSettled = false;
  }

  /** @param elevated channels of the window [from, until), samples. @returns a finding once for each train. */
  note(elevated: number, from: number, until: number): ActivityFinding | undefined {
    const { channels, sampleRateHz } = this.#geometry;
    const isElevated = isWidespread(this.#limits, elevated, channels);
    if (!isElevated) this.#isPresent = false;
    if (this.#isSettled || from < this.#lastPulse + evokedSeconds * sampleRateHz) return undefined;
    const { afterDischargeMaxMilliseconds, elevatedChannelsPermille } = this.#limits;
    const value = (until - this.#lastPulse) / sampleRateHz;
    const bound = afterDischargeMaxMilliseconds / 1000;
    if (isElevated && value <= bound) return undefined;
    this.#isSettled = true;
    if (!isElevated) return undefined;
    this.#isPresent = true;
    return {
      code: 'after-discharge',
      message:
        `${elevated} of ${channels} channels are still elevated ${value.toFixed(2)} s after the last pulse; fewer than ` +
        `${elevatedChannelsPermille / 10} % of the channels or at most ${bound} s are allowed.`,
      value,
      bound,
      unit: 's',
    };
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    this.#lastPulse = archive.number(this.#lastPulse);
    this.#isSettled = archive.flag(this.#isSettled);
    this.#isPresent = archive.flag(this.#isPresent);
  }
}
