// Electrodes without tissue for simulations of faults: they change from sample to sample and cost nothing.
import type { Electrodes } from '../../main/virtual-rig/electrodes.ts';

export class QuietElectrodes implements Electrodes {
  readonly channels = 4;
  readonly sampleRateHz = 1000;
  readonly microvoltsPerBit = 0.195;
  #next = 0;

  read(target: Int16Array): number {
    for (let at = 0; at < target.length; at++) target[at] = (this.#next++ * 37) % 101;
    return target.length / this.channels;
  }

  stimulate(): void {
    // Nothing answers.
  }

  dispose(): void {
    // Nothing is held.
  }
}
