// Gives simulated tissue to the activity watch as the rig thread does, and beside it to what a receiver operating curve needs.
import { type ActivityLimits, defaultActivityLimits } from '../../../common/limits/activity-limits.ts';
import type { ActivityFinding } from '../../../main/rig/interlock/activity/activity-finding.ts';
import { ActivityWatch } from '../../../main/rig/interlock/activity/activity-watch.ts';
import { LineLength } from '../../../main/rig/interlock/activity/line-length.ts';
import { LineLengthWindows } from '../../../main/rig/interlock/activity/line-length-windows.ts';
import { blankingSamples, channels, inSamples, sampleRateHz } from './happenings.ts';
import { blockSamples, type SimulatedTissue } from './simulated-tissue.ts';

const geometry = { channels, sampleRateHz };
export const limits: ActivityLimits = defaultActivityLimits('in-vitro-mea');
const windowSamples = inSamples(0.25);
const windowsToTrip = Math.ceil((limits.elevatedMaxMilliseconds * sampleRateHz) / 1000 / windowSamples);
const channelsToTrip = Math.ceil((limits.elevatedChannelsPermille * channels) / 1000);

/** For what threshold a seizure would be reported after the newest window: the least of the newest two seconds, on the channels that count. */
class Score {
  readonly #newest = new Float64Array(windowsToTrip).fill(-Infinity);
  #windows = 0;
  value = -Infinity;

  note(sigmas: Float64Array): void {
    const falling = Float64Array.from(sigmas, (sigma) => (Number.isNaN(sigma) ? Infinity : sigma))
      .sort()
      .reverse();
    this.#newest[this.#windows++ % windowsToTrip] = falling[channelsToTrip - 1]!;
    this.value = Math.min(...this.#newest);
  }
}

/** The peer: mean and standard deviation that follow every window with the same memory of two minutes, bursts and events included. */
class PlainBaseline {
  readonly #windows = inSamples(120) / windowSamples;
  readonly #neededWindows = inSamples(10) / windowSamples;
  #count = 0;
  #mean = 0;
  #variance = 0;

  note(value: number): number {
    const sigmas = (value - this.#mean) / Math.sqrt(this.#variance);
    const weight = 1 / Math.min(++this.#count, this.#windows);
    const distance = value - this.#mean;
    this.#mean += weight * distance;
    this.#variance = (1 - weight) * (this.#variance + weight * distance * distance);
    return this.#count > this.#neededWindows ? sigmas : -Infinity;
  }
}

export class ObservedTissue {
  readonly tissue: SimulatedTissue;
  readonly score = new Score();
  readonly plainScore = new Score();
  readonly #watch = new ActivityWatch(geometry, limits);
  readonly #windows = new LineLengthWindows(geometry, (sigmas) => {
    this.score.note(sigmas);
    this.isNewWindow = true;
  });
  readonly #plainLineLength = new LineLength(geometry);
  readonly #plain = Array.from({ length: channels }, () => new PlainBaseline());
  readonly #meanSteps = new Float64Array(channels);
  #blankedUntil = 0;
  /** Whether the newest block has completed a window that is judged. */
  isNewWindow = false;

  constructor(tissue: SimulatedTissue) {
    this.tissue = tissue;
  }

  /** The next block. @returns what the watch finds in it. */
  advance(firstSample: number): ActivityFinding | undefined {
    const { tissue } = this;
    this.isNewWindow = false;
    tissue.advance(firstSample);
    for (const pulse of tissue.pulses) {
      this.#watch.blank(pulse, pulse + blankingSamples);
      this.#watch.notePulse(pulse);
      this.#windows.blank(pulse, pulse + blankingSamples);
      this.#blankedUntil = pulse + blankingSamples;
    }
    this.#windows.note(firstSample, blockSamples, tissue.bandMicrovolts);
    this.#notePlain(firstSample);
    return this.#watch.noteBlock(firstSample, blockSamples, tissue.bandMicrovolts, tissue.spikes);
  }

  /** The peer leaves out whole blocks. */
  #notePlain(firstSample: number): void {
    if (this.#blankedUntil > firstSample) this.#plainLineLength.leaveOut();
    else this.#plainLineLength.add(this.tissue.bandMicrovolts, 0, blockSamples);
    if ((firstSample + blockSamples) % windowSamples !== 0) return;
    this.#plainLineLength.endWindow(this.#meanSteps);
    this.plainScore.note(this.#meanSteps.map((value, channel) => this.#plain[channel]!.note(value)));
  }
}
