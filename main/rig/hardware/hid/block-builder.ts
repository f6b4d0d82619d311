// Puts samples of many reports together to the blocks that the rig works in; runs in the HID thread.
import { Emitter } from '../../../../common/base/event.ts';
import { allDigitalLines } from '../../../../common/experiment/digital-inputs.ts';
import { samplesLayout } from '../../../../common/device-protocol/hid-report.ts';
import type { DigitalInputs } from '../device.ts';

/** In front of the samples of a report. */
export type SamplesHeader = NonNullable<ReturnType<typeof samplesLayout.decode>>;

export interface SampleRun {
  readonly firstSample: number;
  /** Samples per channel. */
  readonly sampleCount: number;
  /** Of the newest one. */
  readonly deviceMicroseconds: number;
  /** int16, sample-major; valid until the listener returns. */
  readonly samples: Uint8Array;
}

/**
 * Blocks begin at multiples of their length. After a gap what there is of a block is dropped, and the next whole one follows: the
 * jump of its first sample says how much is missing.
 */
export class BlockBuilder {
  readonly #channels: number;
  readonly #samplesPerBlock: number;
  /** Of all channels at one moment. */
  readonly #sampleBytes: number;
  readonly #block: Uint8Array;
  readonly #blocks = new Emitter<SampleRun>();
  /** Number of the next sample that fits; undefined before a block begins. */
  #next: number | undefined;
  #held = 0;
  readonly #digitalInputs = new Emitter<DigitalInputs>();
  #lines: number | undefined;
  #hasBegun = false;
  #samplesBesideGaps = 0;

  readonly onBlock = this.#blocks.event;
  /** The first state that is known, and each change, at the newest sample of the report that tells it. */
  readonly onDigitalInputs = this.#digitalInputs.event;

  constructor(channels: number, samplesPerBlock: number) {
    this.#channels = channels;
    this.#samplesPerBlock = samplesPerBlock;
    this.#sampleBytes = channels * Int16Array.BYTES_PER_ELEMENT;
    this.#block = new Uint8Array(samplesPerBlock * this.#sampleBytes);
  }

  /** The newest state of the digital inputs, a bit for each line. */
  get digitalInputs(): number {
    return this.#lines ?? 0;
  }

  /** Samples per channel that came, but in no whole block, since another sample of it was missing; from the first whole block on. */
  get samplesBesideGaps(): number {
    return this.#samplesBesideGaps;
  }

  /** @param payload of a report of samples @returns undefined when it does not fit */
  read(payload: Uint8Array): SamplesHeader | undefined {
    const header = samplesLayout.decode(payload);
    if (header === undefined || header.channels !== this.#channels || header.sampleCount === 0) return undefined;
    return payload.length === samplesLayout.bytes + header.sampleCount * this.#sampleBytes ? header : undefined;
  }

  /** @returns how many reports as long as this one would hold the samples that are missing before it; less than 1: it is the next one, or an old one */
  reportsMissingBefore({ firstSample, sampleCount }: SamplesHeader): number {
    return (firstSample - (this.#next ?? firstSample)) / sampleCount;
  }

  /** @param header as `read` from the payload */
  take(header: SamplesHeader, payload: Uint8Array): void {
    this.#noteLines(header.firstSample + header.sampleCount - 1, header.digitalInputs);
    if (header.firstSample !== this.#next) {
      this.#leaveOut(this.#held);
      this.#held = 0;
    }
    const sampleBytes = this.#sampleBytes;
    for (let index = 0; index < header.sampleCount; index++) {
      const at = samplesLayout.bytes + index * sampleBytes;
      this.#add(header.firstSample + index, payload.subarray(at, at + sampleBytes), header.deviceMicroseconds);
    }
    this.#next = header.firstSample + header.sampleCount;
  }

  #leaveOut(samples: number): void {
    if (this.#hasBegun) this.#samplesBesideGaps += samples;
  }

  #noteLines(sample: number, lines: number): void {
    if (lines === this.#lines) return;
    this.#lines = lines;
    this.#digitalInputs.fire({ sample, lines, known: allDigitalLines });
  }

  #add(sample: number, values: Uint8Array, deviceMicroseconds: number): void {
    if (this.#held === 0 && sample % this.#samplesPerBlock !== 0) return this.#leaveOut(1);
    this.#block.set(values, this.#held * values.length);
    this.#held++;
    if (this.#held < this.#samplesPerBlock) return;
    this.#held = 0;
    this.#hasBegun = true;
    const firstSample = sample - this.#samplesPerBlock + 1;
    const run = { firstSample, sampleCount: this.#samplesPerBlock, deviceMicroseconds, samples: this.#block };
    this.#blocks.fire(run);
  }
}
