// Electrodes that play a recording as if it came from tissue; stimulation has no effect on them; runs in the virtual rig.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { RecordingSidecar } from '../../common/experiment/recording-sidecar.ts';
import type { Electrodes } from './electrodes.ts';

const bytesPerSample = Int16Array.BYTES_PER_ELEMENT;

export class RecordingElectrodes implements Electrodes {
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly microvoltsPerBit: number;
  readonly #file: number;
  readonly #fileBytes: number;
  readonly #isLooped: boolean;
  #at = 0;

  /**
   * @param samplesFile int16 little-endian, sample-major
   * @throws Error when the file is not there or not as long as the sidecar says
   */
  constructor(sidecar: RecordingSidecar, samplesFile: string, isLooped: boolean) {
    this.channels = sidecar.channels;
    this.sampleRateHz = sidecar.sampleRateHz;
    this.microvoltsPerBit = sidecar.microvoltsPerBit;
    this.#fileBytes = sidecar.sampleCount * sidecar.channels * bytesPerSample;
    this.#isLooped = isLooped;
    this.#file = openSync(samplesFile, 'r');
    const foundBytes = fstatSync(this.#file).size;
    if (foundBytes !== this.#fileBytes) {
      closeSync(this.#file);
      throw new Error(
        `${samplesFile} has ${foundBytes} bytes where its sidecar announces ${this.#fileBytes} ` +
          `(${sidecar.sampleCount} samples of ${sidecar.channels} channels): copy the recording again`,
      );
    }
  }

  read(target: Int16Array): number {
    const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
    let filled = 0;
    while (filled < bytes.length) {
      if (this.#at === this.#fileBytes) {
        if (!this.#isLooped) break;
        this.#at = 0;
      }
      const wanted = Math.min(bytes.length - filled, this.#fileBytes - this.#at);
      const count = readSync(this.#file, bytes, filled, wanted, this.#at);
      if (count === 0) throw new Error('the recording became shorter while it was played');
      filled += count;
      this.#at += count;
    }
    return filled / (this.channels * bytesPerSample);
  }

  stimulate(): void {
    // A recording is past: nothing that is done now changes it.
  }

  dispose(): void {
    closeSync(this.#file);
  }
}
