// Puts samples of many reports together to the blocks that the rig works in; runs in the HID thread.
import { Emitter } from '../../../../common/base/event.ts';
import { allDigitalLines } from '../../../../common/experiment/digital-inputs.ts';
import { samplesLayout } from '../../../../common/device-protocol/hid-report.ts';
import type { DigitalInputs } from '../device.ts';

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
  readonly #block: Uint8Array;
  readonly #blocks = new Emitter<SampleRun>();
  /** Number of the next sample that fits; undefined before a block begins. */
  #next: number | undefined;
  #held = 0;
  readonly #digitalInputs = new Emitter<DigitalInputs>();
  #lines: number | undefined;

  readonly onBlock = this.#blocks.event;
  /** The first state that is known, and each change, at the newest sample of the report that tells it. */
  readonly onDigitalInputs = this.#digitalInputs.event;

  constructor(channels: number, samplesPerBlock: number) {
    this.#channels = channels;
    this.#samplesPerBlock = samplesPerBlock;
    this.#block = new Uint8Array(channels * samplesPerBlock * Int16Array.BYTES_PER_ELEMENT);
  }

  /** The newest state of the digital inputs, a bit for each line. */
  get digitalInputs(): number {
    return this.#lines ?? 0;
  }

  /** @param payload of a report of samples @returns whether it could be read */
  take(payload: Uint8Array): boolean {
    const header = samplesLayout.decode(payload);
    if (header === undefined || header.channels !== this.#channels || header.sampleCount === 0) return false;
    const sampleBytes = this.#channels * Int16Array.BYTES_PER_ELEMENT;
    if (payload.length !== samplesLayout.bytes + header.sampleCount * sampleBytes) return false;
    this.#noteLines(header.firstSample + header.sampleCount - 1, header.digitalInputs);
    if (header.firstSample !== this.#next) this.#held = 0;
    for (let index = 0; index < header.sampleCount; index++) {
      const at = samplesLayout.bytes + index * sampleBytes;
      this.#add(header.firstSample + index, payload.subarray(at, at + sampleBytes), header.deviceMicroseconds);
    }
    this.#next = header.firstSample + header.sampleCount;
    return true;
  }

  #noteLines(sample: number, lines: number): void {
    if (lines === this.#lines) return;
    this.#lines = lines;
    this.#digitalInputs.fire({ sample, lines, known: allDigitalLines });
  }

  #add(sample: number, values: Uint8Array, deviceMicroseconds: number): void {
    if (this.#held === 0 && sample % this.#samplesPerBlock !== 0) return;
    this.#block.set(values, this.#held * values.length);
    this.#held++;
    if (this.#held < this.#samplesPerBlock) return;
    this.#held = 0;
    const firstSample = sample - this.#samplesPerBlock + 1;
    const run = { firstSample, sampleCount: this.#samplesPerBlock, deviceMicroseconds, samples: this.#block };
    this.#blocks.fire(run);
  }
}
