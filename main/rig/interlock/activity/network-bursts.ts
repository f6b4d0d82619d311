// Finds network bursts: moments at which far more spikes than usual come from many channels at once. Rig thread; pure.
import type { StateArchive } from '../../../../common/base/state-archive.ts';
import type { ActivityGeometry, BlockSpikes } from './activity-input.ts';
import { RunningBaseline } from './running-baseline.ts';

const binSeconds = 0.025;
const rememberedSeconds = 60;
const neededSeconds = 10;
const heldBackMaxSeconds = 60;
/** A burst begins with a bin whose spikes are so far above the baseline, from at least this share of the channels… */
const beginsAboveSigmas = 5;
const channelsMinShare = 0.2;
/** …and ends when so many bins in a row lie below this. */
const lastsAboveSigmas = 2;
const quietBins = 8;
/** Counts vary at least as much as those of independent spikes do. */
const sigmaMinSpikes = (median: number) => Math.sqrt(Math.max(median, 1));

export class NetworkBursts {
  readonly #baseline = new RunningBaseline(
    {
      remembered: rememberedSeconds / binSeconds,
      needed: neededSeconds / binSeconds,
      heldBackMax: heldBackMaxSeconds / binSeconds,
    },
    sigmaMinSpikes,
  );
  readonly #channelsMin: number;
  readonly #binSamples: number;
  /** Bin in which each channel fired last. */
  readonly #firedIn: Float64Array;
  #bin = 0;
  #binEnd: number;
  #spikes = 0;
  #channels = 0;
  #quiet = quietBins;
  #begun = 0;

  constructor({ channels, sampleRateHz }: ActivityGeometry) {
    this.#channelsMin = channelsMinShare * channels;
    this.#binSamples = Math.max(1, Math.round(binSeconds * sampleRateHz));
    this.#binEnd = this.#binSamples;
    this.#firedIn = new Float64Array(channels).fill(-1);
  }

  /** @param firstSample counted from the start of the watch. @returns how many bursts began in the bins that this block completes. */
  note(firstSample: number, sampleCount: number, spikes: BlockSpikes): number {
    this.#begun = 0;
    for (let index = 0; index < spikes.count; index++) {
      this.#endBins(firstSample + spikes.sampleOffsets[index]!);
      const channel = spikes.channels[index]!;
      this.#spikes++;
      if (this.#firedIn[channel] === this.#bin) continue;
      this.#firedIn[channel] = this.#bin;
      this.#channels++;
    }
    this.#endBins(firstSample + sampleCount);
    return this.#begun;
  }

  /** Ends the bins before a sample. */
  #endBins(sample: number): void {
    for (; sample >= this.#binEnd; this.#binEnd += this.#binSamples) {
      this.#endBin();
      this.#bin++;
      this.#spikes = 0;
      this.#channels = 0;
    }
  }

  #endBin(): void {
    const sigmas = this.#baseline.note(this.#spikes);
    const isBursting = this.#quiet < quietBins;
    const doesBegin = !isBursting && sigmas > beginsAboveSigmas && this.#channels >= this.#channelsMin;
    if (doesBegin) this.#begun++;
    this.#quiet = doesBegin || (isBursting && sigmas > lastsAboveSigmas) ? 0 : Math.min(quietBins, this.#quiet + 1);
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    this.#baseline.exchange(archive);
    archive.array(this.#firedIn);
    this.#bin = archive.number(this.#bin);
    this.#binEnd = archive.number(this.#binEnd);
    this.#spikes = archive.number(this.#spikes);
    this.#channels = archive.number(this.#channels);
    this.#quiet = archive.number(this.#quiet);
  }
}
