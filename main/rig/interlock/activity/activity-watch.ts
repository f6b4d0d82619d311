// Watches the tissue's activity block by block: seizure-like, after-discharge, runaway. Rig thread; knows no clock, samples are time.
import { assert } from '../../../../common/base/assert.ts';
import type { StateArchive } from '../../../../common/base/state-archive.ts';
import { type ActivityLimits, isAtLeastAsSensitive } from '../../../../common/limits/activity-limits.ts';
import type { ActivityFinding } from './activity-finding.ts';
import type { ActivityGeometry, BlockSpikes } from './activity-input.ts';
import { AfterDischargeWatch } from './after-discharge-watch.ts';
import { BurstRateWatch } from './burst-rate-watch.ts';
import { LineLengthWindows } from './line-length-windows.ts';
import { LockedSpikes } from './locked-spikes.ts';
import { NetworkBursts } from './network-bursts.ts';
import { SeizureWatch } from './seizure-watch.ts';

/** Samples are counted as the blocks count them. */
export class ActivityWatch {
  readonly #geometry: ActivityGeometry;
  #limits: ActivityLimits;
  readonly #windows: LineLengthWindows;
  readonly #seizure: SeizureWatch;
  readonly #afterDischarge: AfterDischargeWatch;
  readonly #bursts: NetworkBursts;
  readonly #burstRate: BurstRateWatch;
  readonly #locked: LockedSpikes;
  #startSample = NaN;
  #wholeSeconds = 0;
  #burstsOfSecond = 0;
  /** Both counted from the start. */
  #endSample = 0;
  #presentUntil = -Infinity;
  #finding: ActivityFinding | undefined;

  /** @param restSeconds for which the rig must stay disarmed because of activity before this connection. */
  constructor(geometry: ActivityGeometry, limits: ActivityLimits, restSeconds = 0) {
    this.#geometry = geometry;
    this.#limits = limits;
    if (restSeconds > 0) this.#presentUntil = (restSeconds - limits.holdOffMilliseconds / 1000) * geometry.sampleRateHz;
    this.#windows = new LineLengthWindows(geometry, (sigmas, from, until) => this.#noteWindow(sigmas, from, until));
    this.#seizure = new SeizureWatch(geometry, limits);
    this.#afterDischarge = new AfterDischargeWatch(geometry, limits);
    this.#bursts = new NetworkBursts(geometry);
    this.#burstRate = new BurstRateWatch(limits);
    this.#locked = new LockedSpikes(geometry, limits);
  }

  /** Whether the tissue has been heard for long enough to be judged. Until then nothing is reported. */
  get isReady(): boolean {
    return this.#windows.isReady;
  }

  /** How long the rig must stay disarmed, s; counted from the end of what was reported, 0 when nothing was. */
  get holdOffSeconds(): number {
    const { sampleRateHz } = this.#geometry;
    const passed = (this.#endSample - this.#presentUntil) / sampleRateHz;
    return Math.max(0, this.#limits.holdOffMilliseconds / 1000 - passed);
  }

  /** Other limits hold from the next window on. @param limits at least as sensitive as those before. */
  tighten(limits: ActivityLimits): void {
    assert(isAtLeastAsSensitive(limits, this.#limits), 'the watch of activity only becomes more sensitive');
    this.#limits = limits;
    this.#seizure.tighten(limits);
    this.#afterDischarge.tighten(limits);
    this.#burstRate.tighten(limits);
    this.#locked.tighten(limits);
  }

  /** The samples [from, until) are no signal of the tissue: detection is blanked there as well. */
  blank(from: number, until: number): void {
    this.#windows.blank(from, until);
  }

  /** A pulse was delivered at this sample; its blanking is known already. */
  notePulse(sample: number): void {
    this.#afterDischarge.notePulse(sample);
    this.#locked.notePulse(sample, this.#windows.blankedUntil);
  }

  /**
   * Once for each block.
   * @param bandMicrovolts the block after the band-pass, sample-major, at least sampleCount × channels, µV.
   * @param spikes those of this block.
   * @returns the first thing that is found in this block; each time that something begins it is reported once.
   */
  noteBlock(
    firstSample: number,
    sampleCount: number,
    bandMicrovolts: Float32Array,
    spikes: BlockSpikes,
  ): ActivityFinding | undefined {
    this.#finding = undefined;
    if (Number.isNaN(this.#startSample)) this.#startSample = firstSample;
    this.#endSample = firstSample + sampleCount - this.#startSample;
    this.#windows.note(firstSample, sampleCount, bandMicrovolts);
    this.#keep(this.#locked.note(firstSample, sampleCount, spikes, this.#windows.blankedUntil));
    this.#noteBursts(firstSample - this.#startSample, sampleCount, spikes);
    const isPresent = this.#seizure.isPresent || this.#afterDischarge.isPresent || this.#burstRate.isPresent;
    if (isPresent || this.#finding !== undefined) this.#presentUntil = this.#endSample;
    return this.#finding;
  }

  #noteBursts(firstSample: number, sampleCount: number, spikes: BlockSpikes): void {
    this.#burstsOfSecond += this.#bursts.note(firstSample, sampleCount, spikes);
    const seconds = Math.floor(this.#endSample / this.#geometry.sampleRateHz);
    for (; this.#wholeSeconds < seconds; this.#wholeSeconds++) {
      this.#keep(this.#burstRate.noteSecond(this.#burstsOfSecond));
      this.#burstsOfSecond = 0;
    }
  }

  #noteWindow(sigmas: Float64Array, from: number, until: number): void {
    const bound = this.#limits.elevatedAboveMilliSigmas / 1000;
    let elevated = 0;
    let unknown = 0;
    for (let channel = 0; channel < sigmas.length; channel++) {
      const above = sigmas[channel]!;
      // Accepted is only what is known to lie within the bound.
      if (!(above <= bound)) elevated++;
      if (Number.isNaN(above)) unknown++;
    }
    this.#keep(this.#seizure.note(elevated, unknown, until - from));
    this.#keep(this.#afterDischarge.note(elevated, from, until));
  }

  #keep(finding: ActivityFinding | undefined): void {
    this.#finding ??= finding;
  }

  /** Writes down or takes over what is remembered; the limits in force are the same on both sides. */
  exchange(archive: StateArchive): void {
    for (const part of [
      this.#windows,
      this.#seizure,
      this.#afterDischarge,
      this.#bursts,
      this.#burstRate,
      this.#locked,
    ])
      part.exchange(archive);
    this.#startSample = archive.number(this.#startSample);
    this.#wholeSeconds = archive.number(this.#wholeSeconds);
    this.#burstsOfSecond = archive.number(this.#burstsOfSecond);
    this.#endSample = archive.number(this.#endSample);
    this.#presentUntil = archive.number(this.#presentUntil);
  }
}
