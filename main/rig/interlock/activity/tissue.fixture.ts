// Tissue of ten channels at 1 kHz whose line length, spikes and pulses a test sets exactly.
import { type ActivityLimits, defaultActivityLimits } from '../../../../common/limits/activity-limits.ts';
import type { ActivityFinding } from './activity-finding.ts';
import { ActivityWatch } from './activity-watch.ts';

export const geometry = { channels: 10, sampleRateHz: 1000 };
export const tissueLimits = defaultActivityLimits('in-vitro-mea');
/** Line length per step of tissue at rest, µV: σ is 0.4, and a channel is elevated above 12. */
export const restMicrovolts = 10;
/** Well above every bound. */
export const highMicrovolts = 20;
const blockSamples = 25;

export interface PlayedSpike {
  /** Counted from the first sample that is played. */
  sample: number;
  channel: number;
}

/** `count` channels at `microvolts`, the others at rest. */
export const raised = (count: number, microvolts = highMicrovolts) =>
  Array.from({ length: geometry.channels }, (_, channel) => (channel < count ? microvolts : restMicrovolts));

export class TissueUnderTest {
  readonly watch: ActivityWatch;
  readonly findings: (ActivityFinding & { seconds: number })[] = [];
  #sample: number;
  readonly #startSample: number;

  /** @param startSample of the device's counter. */
  constructor(change: Partial<ActivityLimits> = {}, startSample = 0, restSeconds = 0) {
    this.watch = new ActivityWatch(geometry, { ...tissueLimits, ...change }, restSeconds);
    this.#sample = startSample;
    this.#startSample = startSample;
  }

  get sample(): number {
    return this.#sample;
  }

  get codes(): string[] {
    return this.findings.map(({ code }) => code);
  }

  /** Seconds since the start. */
  get seconds(): number {
    return (this.#sample - this.#startSample) / geometry.sampleRateHz;
  }

  /**
   * A signal that goes up and down by the same step at each sample.
   * @param seconds a multiple of 25 ms. @param microvolts step of each channel.
   */
  play(seconds: number, microvolts: readonly number[] = raised(0), spikes: readonly PlayedSpike[] = []): this {
    const { channels, sampleRateHz } = geometry;
    const start = this.#sample;
    const end = start + Math.round(seconds * sampleRateHz);
    const band = new Float32Array(blockSamples * channels);
    for (; this.#sample < end; this.#sample += blockSamples) {
      for (let at = 0; at < band.length; at++) {
        const isUp = (this.#sample + Math.floor(at / channels)) % 2 === 0;
        band[at] = (microvolts[at % channels]! / 2) * (isUp ? 1 : -1);
      }
      const from = this.#sample - start;
      this.#note(
        band,
        spikes.filter(({ sample }) => sample >= from && sample < from + blockSamples),
        from,
      );
    }
    return this;
  }

  /** A pulse at the next sample. */
  pulse(blankingSamples = 5): this {
    this.watch.blank(this.#sample, this.#sample + blankingSamples);
    this.watch.notePulse(this.#sample);
    return this;
  }

  /** Samples that are lost. */
  lose(samples: number): this {
    this.#sample += samples;
    return this;
  }

  #note(band: Float32Array, spikes: readonly PlayedSpike[], from: number): void {
    const finding = this.watch.noteBlock(this.#sample, blockSamples, band, {
      count: spikes.length,
      sampleOffsets: spikes.map(({ sample }) => sample - from),
      channels: spikes.map(({ channel }) => channel),
    });
    if (finding === undefined) return;
    const seconds = (this.#sample + blockSamples - this.#startSample) / geometry.sampleRateHz;
    this.findings.push({ ...finding, seconds });
  }
}

/** Tissue that has been at rest for long enough to be judged. */
export const restedTissue = (change: Partial<ActivityLimits> = {}) => new TissueUnderTest(change).play(20);

/** At one moment a spike on each of the first `count` channels. */
export const volley = (sample: number, count = geometry.channels): PlayedSpike[] =>
  Array.from({ length: count }, (_, channel) => ({ sample, channel }));
