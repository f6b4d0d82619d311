// Turns electrodes into a stream of blocks on the device's clock, with the faults of that stream; runs in the virtual rig.
import type { Clock } from '../../common/base/clock.ts';
import type { DeviceIdentity } from '../../common/device-protocol/device-identity.ts';
import type { AppliedPulse, Electrodes } from './electrodes.ts';

export interface BlockStreamOptions {
  readonly electrodes: Electrodes;
  readonly samplesPerBlock: number;
  readonly pacing: DeviceIdentity['pacing'];
  readonly clock: Clock;
  /** @param samples valid until it returns; @param acquiredNs of the newest sample */
  readonly onBlock: (firstSample: number, samples: Int16Array, acquiredNs: number) => void;
  /** The recording has been played to its end; no more blocks. */
  readonly onEnded: () => void;
}

/**
 * Real time: sample n is acquired at start + n / rate, whenever it is sent; what is late is sent late and nothing is
 * dropped. Stepped: a block is acquired when one has been requested. A fault changes what is sent, never what is acquired.
 */
export class BlockStream {
  readonly #options: BlockStreamOptions;
  readonly #block: Int16Array;
  #startNs: number | undefined;
  #nextSample = 0;
  #requested = 0;
  #isEnded = false;
  #stalledUntilNs = -Infinity;
  #blocksToLose = 0;
  #blocksToFreeze = 0;
  /** Newest value of each channel that was sent. */
  #newest: Int16Array;

  constructor(options: BlockStreamOptions) {
    this.#options = options;
    this.#block = new Int16Array(options.samplesPerBlock * options.electrodes.channels);
    this.#newest = new Int16Array(options.electrodes.channels);
  }

  get nextSample(): number {
    return this.#nextSample;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Begins to acquire. Beginning twice changes nothing. @returns whether this call began it */
  start(): boolean {
    if (this.#startNs !== undefined) return false;
    this.#startNs = this.#options.clock.nowNs();
    return true;
  }

  request(blocks: number): void {
    this.#requested += blocks;
  }

  /** Applies a pulse at the start of the next block: the one under way is being acquired already. */
  stimulate(pulse: Omit<AppliedPulse, 'sample'>): void {
    this.#options.electrodes.stimulate({ ...pulse, sample: this.pulseSample });
  }

  /** Sample at which a pulse that arrives now begins. */
  get pulseSample(): number {
    return this.#nextSample + this.#options.samplesPerBlock;
  }

  lose(blocks: number): void {
    this.#blocksToLose += blocks;
  }

  freeze(blocks: number): void {
    this.#blocksToFreeze += blocks;
  }

  stall(milliseconds: number): void {
    this.#stalledUntilNs = this.#options.clock.nowNs() + milliseconds * 1e6;
  }

  /** Acquires one block if one is due. @returns whether it did */
  produceNext(): boolean {
    const nowNs = this.#options.clock.nowNs();
    const acquiredNs = this.#dueNs(nowNs);
    if (acquiredNs === undefined || nowNs < this.#stalledUntilNs) return false;
    const { electrodes, onBlock, onEnded, samplesPerBlock } = this.#options;
    const firstSample = this.#nextSample;
    const count = electrodes.read(this.#block);
    this.#nextSample += count;
    if (this.#blocksToLose > 0) this.#blocksToLose--;
    else if (count > 0) {
      this.#requested--;
      const samples = this.#block.subarray(0, count * electrodes.channels);
      this.#repeatOrRemember(samples);
      onBlock(firstSample, samples, acquiredNs);
    }
    if (count < samplesPerBlock) {
      this.#isEnded = true;
      onEnded();
    }
    return true;
  }

  /** @returns when the next block is or was complete, or undefined when it is not due */
  #dueNs(nowNs: number): number | undefined {
    if (this.#startNs === undefined || this.#isEnded) return undefined;
    const { electrodes, pacing, samplesPerBlock } = this.#options;
    if (pacing === 'stepped') return this.#requested > 0 ? nowNs : undefined;
    const seconds = (this.#nextSample + samplesPerBlock) / electrodes.sampleRateHz;
    const dueNs = this.#startNs + Math.floor(seconds * 1e9);
    return nowNs >= dueNs ? dueNs : undefined;
  }

  #repeatOrRemember(samples: Int16Array): void {
    const channels = this.#newest.length;
    if (this.#blocksToFreeze === 0) {
      this.#newest.set(samples.subarray(samples.length - channels));
      return;
    }
    this.#blocksToFreeze--;
    for (let at = 0; at < samples.length; at += channels) samples.set(this.#newest, at);
  }
}
