// The reference spike kernel, used where the native one is missing; runs in the rig thread.
import type { RunningNoisePlan, SpikeKernel, SpikeKernelPlan } from '../../../native/native-addon.ts';
import { coefficientsPerSection } from './butterworth-band-pass.ts';

/** Median of |y| of Gaussian noise with σ = 1. */
const medianPerSigma = 0.6745;

/** native/src/spike-kernel.cpp does the same arithmetic in the same order: change both or neither. */
export class TypeScriptSpikeKernel implements SpikeKernel {
  readonly #plan: SpikeKernelPlan;
  /** Filter memory, section-major, sections × 2 × channels. */
  readonly #delays: Float64Array;
  /** The present sample of each channel on its way through the filter, µV. */
  readonly #values: Float64Array;
  readonly #sigmas: Float64Array;
  readonly #steps: Float64Array;
  readonly #fastSigmas: Float64Array;
  #fastStep: number;
  /** 1 where the last sample was below the threshold. */
  readonly #wasBelow: Uint8Array;
  /** First sample since the start at which each channel may spike again. */
  readonly #quietUntil: Float64Array;
  #position = 0;
  #heardSamples = 0;

  constructor(plan: SpikeKernelPlan) {
    const { channels } = plan;
    this.#plan = plan;
    this.#delays = new Float64Array((plan.sections.length / coefficientsPerSection) * 2 * channels);
    this.#values = new Float64Array(channels);
    this.#sigmas = plan.initialNoiseMicrovolts.slice();
    this.#steps = new Float64Array(channels).fill(plan.runningNoise?.startStep ?? 0);
    this.#fastSigmas = plan.initialNoiseMicrovolts.slice();
    this.#fastStep = plan.runningNoise?.startStep ?? 0;
    this.#wasBelow = new Uint8Array(channels);
    this.#quietUntil = new Float64Array(channels);
  }

  detect(
    samples: Int16Array,
    sampleCount: number,
    blankFrom: number,
    blankUntil: number,
    filteredMicrovolts: Float32Array,
    noiseMicrovolts: Float64Array,
    sampleOffsets: Uint16Array,
    channels: Uint16Array,
    amplitudesMicrovolts: Float32Array,
  ): number {
    const { runningNoise, thresholdSigmas, refractorySamples, channels: channelCount } = this.#plan;
    const values = this.#values;
    const sigmas = this.#sigmas;
    const wasBelow = this.#wasBelow;
    const quietUntil = this.#quietUntil;
    const readySamples = runningNoise?.readySamples ?? 0;
    let found = 0;
    for (let offset = 0; offset < sampleCount; offset++) {
      this.#filter(samples, offset * channelCount, filteredMicrovolts);
      const isBlanked = offset >= blankFrom && offset < blankUntil;
      if (!isBlanked) {
        if (runningNoise) this.#measureNoise(runningNoise);
        this.#heardSamples++;
      }
      const canSpike = !isBlanked && this.#heardSamples >= readySamples;
      for (let channel = 0; channel < channelCount; channel++) {
        const value = values[channel]!;
        const isBelow = value < -thresholdSigmas * sigmas[channel]!;
        if (isBelow && canSpike && wasBelow[channel] === 0 && this.#position >= quietUntil[channel]!) {
          quietUntil[channel] = this.#position + refractorySamples;
          // Writes beyond the end of a typed array do nothing.
          sampleOffsets[found] = offset;
          channels[found] = channel;
          amplitudesMicrovolts[found] = value;
          found++;
        }
        wasBelow[channel] = isBelow ? 1 : 0;
      }
      this.#position++;
    }
    noiseMicrovolts.set(sigmas);
    return found;
  }

  memoryLength(): number {
    return 3 + this.#arrays().reduce((sum, { length }) => sum + length, 0);
  }

  saveMemory(into: Float64Array): void {
    into.set([this.#position, this.#heardSamples, this.#fastStep]);
    let at = 3;
    for (const values of this.#arrays()) {
      into.set(values, at);
      at += values.length;
    }
  }

  loadMemory(from: Float64Array): void {
    this.#position = from[0]!;
    this.#heardSamples = from[1]!;
    this.#fastStep = from[2]!;
    let at = 3;
    for (const values of this.#arrays()) values.set(from.subarray(at, (at += values.length)));
  }

  /** What is remembered from sample to sample, in the order of a memory. */
  #arrays(): (Float64Array | Uint8Array)[] {
    return [this.#delays, this.#sigmas, this.#steps, this.#fastSigmas, this.#quietUntil, this.#wasBelow];
  }

  /** Takes one sample of all channels through the cascade (transposed direct form II). */
  #filter(samples: Int16Array, row: number, filteredMicrovolts: Float32Array): void {
    const { sections, microvoltsPerBit, channels } = this.#plan;
    const values = this.#values;
    const delays = this.#delays;
    for (let channel = 0; channel < channels; channel++) values[channel] = samples[row + channel]! * microvoltsPerBit;
    for (let at = 0, delay = 0; at < sections.length; at += coefficientsPerSection, delay += 2 * channels) {
      const b0 = sections[at]!;
      const b1 = sections[at + 1]!;
      const b2 = sections[at + 2]!;
      const a1 = sections[at + 3]!;
      const a2 = sections[at + 4]!;
      for (let channel = 0; channel < channels; channel++) {
        const first = delay + channel;
        const second = first + channels;
        const input = values[channel]!;
        const output = b0 * input + delays[first]!;
        delays[first] = b1 * input - a1 * output + delays[second]!;
        delays[second] = b2 * input - a2 * output;
        values[channel] = output;
      }
    }
    for (let channel = 0; channel < channels; channel++) filteredMicrovolts[row + channel] = values[channel]!;
  }

  #measureNoise(plan: RunningNoisePlan): void {
    const { slowStep, fastStep, stepDecay, changeRatio, floorMicrovolts } = plan;
    const values = this.#values;
    const sigmas = this.#sigmas;
    const steps = this.#steps;
    const fastSigmas = this.#fastSigmas;
    const fastUp = 1 + this.#fastStep;
    const fastDown = 1 - this.#fastStep;
    for (let channel = 0; channel < sigmas.length; channel++) {
      const magnitude = Math.abs(values[channel]!);
      let slow = sigmas[channel]!;
      let fast = fastSigmas[channel]!;
      let step = steps[channel]!;
      slow *= magnitude > medianPerSigma * slow ? 1 + step : 1 - step;
      fast *= magnitude > medianPerSigma * fast ? fastUp : fastDown;
      step -= stepDecay * step * step;
      if (step < slowStep) step = slowStep;
      if (fast < floorMicrovolts) fast = floorMicrovolts;
      if (slow > changeRatio * fast || fast > changeRatio * slow) {
        slow = fast;
        step = this.#fastStep;
      }
      if (slow < floorMicrovolts) slow = floorMicrovolts;
      sigmas[channel] = slow;
      steps[channel] = step;
      fastSigmas[channel] = fast;
    }
    this.#fastStep = Math.max(fastStep, this.#fastStep - stepDecay * this.#fastStep * this.#fastStep);
  }
}
