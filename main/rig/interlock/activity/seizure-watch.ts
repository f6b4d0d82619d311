// Says when a share of the channels has been elevated for too long without interruption. Rig thread; pure.
import type { StateArchive } from '../../../../common/base/state-archive.ts';
import type { ActivityLimits } from '../../../../common/limits/activity-limits.ts';
import type { ActivityFinding } from './activity-finding.ts';
import type { ActivityGeometry } from './activity-input.ts';
import { isWidespread } from './is-widespread.ts';

export class SeizureWatch {
  readonly #geometry: ActivityGeometry;
  #limits: ActivityLimits;
  #elevatedSamples = 0;
  #fewestChannels = 0;
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

  /**
   * @param elevated channels of the next window, those of which nothing is known among them.
   * @param unknown how many of them these are.
   * @returns a finding once for each time that activity stays elevated.
   */
  note(elevated: number, unknown: number, windowSamples: number): ActivityFinding | undefined {
    const { channels, sampleRateHz } = this.#geometry;
    if (!isWidespread(this.#limits, elevated, channels)) {
      this.#elevatedSamples = 0;
      this.#isPresent = false;
      return undefined;
    }
    this.#fewestChannels = this.#elevatedSamples === 0 ? elevated : Math.min(this.#fewestChannels, elevated);
    this.#elevatedSamples += windowSamples;
    const isLong = !(this.#elevatedSamples * 1000 < this.#limits.elevatedMaxMilliseconds * sampleRateHz);
    if (!isLong || this.#isPresent) return undefined;
    this.#isPresent = true;
    return this.#finding(unknown);
  }

  #finding(unknown: number): ActivityFinding {
    const { channels, sampleRateHz } = this.#geometry;
    const { elevatedMaxMilliseconds, elevatedChannelsPermille, elevatedAboveMilliSigmas } = this.#limits;
    const seconds = (this.#elevatedSamples / sampleRateHz).toFixed(2);
    const bound = elevatedChannelsPermille / 10;
    const notKnown = unknown === 0 ? '' : `, ${unknown} of them because nothing is known of them,`;
    return {
      code: 'seizure-like',
      message:
        `For ${seconds} s at least ${this.#fewestChannels} of ${channels} channels were more than ${elevatedAboveMilliSigmas / 1000} σ ` +
        `above their baseline${notKnown} without interruption; fewer than ${bound} % of the channels or less than ` +
        `${elevatedMaxMilliseconds / 1000} s are allowed.`,
      value: (100 * this.#fewestChannels) / channels,
      bound,
      unit: '%',
    };
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    this.#elevatedSamples = archive.number(this.#elevatedSamples);
    this.#fewestChannels = archive.number(this.#fewestChannels);
    this.#isPresent = archive.flag(this.#isPresent);
  }
}
