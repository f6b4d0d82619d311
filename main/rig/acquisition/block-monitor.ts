// Checks that the source's blocks follow each other and change: gaps, stalls and frozen values. Rig thread.
import type { StateArchive } from '../../../common/base/state-archive.ts';
import type { Fault } from '../../../common/contract/faults.ts';

/** The part of a block that is checked. */
interface Block {
  firstSample: number;
  sampleCount: number;
  channels: number;
  samples: Int16Array;
}

/** A stretch that the device did not send. */
export interface Gap {
  firstLostSample: number;
  lostSamples: number;
}

const frozenBlocksToFault = 20;

/** Watches one stream. */
export class BlockMonitor {
  readonly #sampleRateHz: number;
  readonly #gapToTripMilliseconds: number;
  #nextSample = -1;
  #frozenBlocks = 0;
  #last = new Int16Array(0);
  samplesLost = 0;
  gaps = 0;

  constructor(sampleRateHz: number, gapToTripMilliseconds: number) {
    this.#sampleRateHz = sampleRateHz;
    this.#gapToTripMilliseconds = gapToTripMilliseconds;
  }

  /** @returns the gap before this block, if there is one. */
  check(block: Block): Gap | undefined {
    const expected = this.#nextSample;
    this.#nextSample = block.firstSample + block.sampleCount;
    if (expected < 0 || block.firstSample <= expected) return undefined;
    const gap = { firstLostSample: expected, lostSamples: block.firstSample - expected };
    this.samplesLost += gap.lostSamples;
    this.gaps++;
    return gap;
  }

  /** The fault that a gap is when it is longer than the limit profile allows. */
  gapFault(gap: Gap): Fault | undefined {
    const value = (gap.lostSamples / this.#sampleRateHz) * 1000;
    const bound = this.#gapToTripMilliseconds;
    if (value <= bound) return undefined;
    return {
      code: 'samples-lost',
      message: `${gap.lostSamples} samples (${value.toFixed(1)} ms) were lost after sample ${gap.firstLostSample}.`,
      value,
      bound,
      unit: 'ms',
    };
  }

  /** @returns a fault when every electrode has repeated one value for too long: an acquisition that hangs looks like silence. */
  checkFrozen(block: Block): Fault | undefined {
    const { samples, channels, sampleCount } = block;
    let isFrozen = this.#last.length === channels;
    for (let index = 0; index < channels * sampleCount && isFrozen; index++)
      isFrozen = samples[index] === this.#last[index % channels];
    if (this.#last.length !== channels) this.#last = new Int16Array(channels);
    for (let channel = 0; channel < channels; channel++)
      this.#last[channel] = samples[(sampleCount - 1) * channels + channel] ?? 0;
    this.#frozenBlocks = isFrozen ? this.#frozenBlocks + 1 : 0;
    if (this.#frozenBlocks !== frozenBlocksToFault) return undefined;
    return {
      code: 'source-frozen',
      message: `All ${channels} electrodes have repeated the same values for ${frozenBlocksToFault} blocks.`,
      value: frozenBlocksToFault,
      bound: frozenBlocksToFault,
      unit: 'blocks',
    };
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    this.#nextSample = archive.number(this.#nextSample);
    this.#frozenBlocks = archive.number(this.#frozenBlocks);
    const channels = archive.number(this.#last.length);
    if (this.#last.length !== channels) this.#last = new Int16Array(channels);
    archive.array(this.#last);
    this.samplesLost = archive.number(this.samplesLost);
    this.gaps = archive.number(this.gaps);
  }
}
