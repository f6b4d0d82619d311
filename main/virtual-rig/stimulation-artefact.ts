// What a stimulation pulse does to the amplifiers of all electrodes; runs in the virtual rig.
import { gridDistance } from '../../common/experiment/electrode-grid.ts';
import type { AppliedPulse } from './electrodes.ts';

/** Current at which the artefact has the size that the experiment gives. */
const referenceNanoamps = 10_000;
/** On the stimulated electrode itself, against its neighbourhood. */
const ownElectrodeGain = 4;
/** Below this the artefact is no longer followed, bits. */
const negligibleBits = 0.1;

/** A step of the stimulated electrode's voltage. */
interface Edge {
  readonly sample: number;
  readonly electrode: number;
  readonly bits: number;
}

/**
 * Amplifiers see the rectangular pulse through a high-pass of one time constant: each edge of the current steps the
 * output, which then decays. The size falls with distance as 1 / (1 + pitches).
 */
export class StimulationArtefact {
  readonly #channels: number;
  readonly #sampleRateHz: number;
  readonly #bitsAtReference: number;
  readonly #decayPerSample: number;
  readonly #level: Float64Array;
  /** In order of their samples. */
  #edges: Edge[] = [];
  #isQuiet = true;

  constructor(channels: number, sampleRateHz: number, bitsAtReference: number, decayMilliseconds: number) {
    this.#channels = channels;
    this.#sampleRateHz = sampleRateHz;
    this.#bitsAtReference = bitsAtReference;
    this.#decayPerSample = decayMilliseconds > 0 ? Math.exp(-1000 / (decayMilliseconds * sampleRateHz)) : 0;
    this.#level = new Float64Array(channels);
  }

  begin(pulse: AppliedPulse): void {
    const { electrode } = pulse;
    const toBits = (nanoamps: number) => (this.#bitsAtReference * nanoamps) / referenceNanoamps;
    const first = toBits(pulse.firstNanoamps);
    const second = toBits(pulse.secondNanoamps);
    const secondFrom = pulse.firstMicroseconds + pulse.interphaseMicroseconds;
    const steps: readonly [microseconds: number, bits: number][] = [
      [0, first],
      [pulse.firstMicroseconds, -first],
      [secondFrom, second],
      [secondFrom + pulse.secondMicroseconds, -second],
    ];
    for (const [microseconds, bits] of steps) {
      const sample = pulse.sample + Math.round((microseconds * this.#sampleRateHz) / 1e6);
      this.#edges.push({ sample, electrode, bits });
    }
    this.#edges.sort((a, b) => a.sample - b.sample);
  }

  /** @param block sample-major, sampleCount × channels, bits; adjoins the block before */
  addTo(block: Float32Array, firstSample: number, sampleCount: number): void {
    const end = firstSample + sampleCount;
    if (this.#isQuiet && (this.#edges[0]?.sample ?? Infinity) >= end) return;
    const level = this.#level;
    for (let sample = firstSample, at = 0; sample < end; sample++) {
      while (this.#edges[0] !== undefined && this.#edges[0].sample <= sample) this.#step(this.#edges.shift()!);
      for (let channel = 0; channel < this.#channels; channel++, at++) {
        block[at]! += level[channel]!;
        level[channel]! *= this.#decayPerSample;
      }
    }
    this.#isQuiet = level.every((bits) => Math.abs(bits) < negligibleBits);
    if (this.#isQuiet) level.fill(0);
  }

  #step({ electrode, bits }: Edge): void {
    for (let channel = 0; channel < this.#channels; channel++) {
      const distance = gridDistance(this.#channels, electrode, channel);
      this.#level[channel]! += bits * (channel === electrode ? ownElectrodeGain : 1 / (1 + distance));
    }
  }
}
