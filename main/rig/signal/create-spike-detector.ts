// Makes the spike detector of a session, on the native kernel where there is one; runs in the rig thread.
import { assert } from '../../../common/base/assert.ts';
import type { StateArchive } from '../../../common/base/state-archive.ts';
import type { SignalKernels, SpikeKernel, SpikeKernelPlan } from '../../../native/native-addon.ts';
import type { DetectedSpikes } from './detected-spikes.ts';
import { planDetection } from './plan-detection.ts';
import type { DetectionParameters, SignalGeometry, SpikeDetector } from './spike-detector.ts';
import { TypeScriptSpikeKernel } from './typescript-spike-kernel.ts';

/**
 * @param kernels of the native addon; undefined for the TypeScript reference, which finds the same spikes.
 * @throws Defect when `detectionProblem` finds one.
 */
export function createSpikeDetector(
  parameters: DetectionParameters,
  geometry: SignalGeometry,
  kernels: SignalKernels | undefined,
): SpikeDetector {
  const Kernel = kernels?.SpikeKernel ?? TypeScriptSpikeKernel;
  return new BlockSpikeDetector(
    planDetection(parameters, geometry),
    geometry,
    Kernel,
    kernels ? 'native' : 'typescript',
  );
}

class BlockSpikeDetector implements SpikeDetector {
  readonly kernel: 'native' | 'typescript';
  readonly noiseMicrovolts: Float64Array;
  readonly filteredMicrovolts: Float32Array;
  readonly #plan: SpikeKernelPlan;
  readonly #Kernel: SignalKernels['SpikeKernel'];
  readonly #maxBlockSamples: number;
  #spikeKernel: SpikeKernel | undefined;
  #heardSamples = 0;
  /** Both counted from the first sample of the next block; equal when nothing is blanked. */
  #blankFrom = 0;
  #blankUntil = 0;

  constructor(
    plan: SpikeKernelPlan,
    geometry: SignalGeometry,
    Kernel: SignalKernels['SpikeKernel'],
    kernel: 'native' | 'typescript',
  ) {
    assert(geometry.maxBlockSamples <= 0xffff, 'sample offsets in a block are 16 bit');
    assert(plan.channels <= 0xffff, 'channel numbers are 16 bit');
    this.kernel = kernel;
    this.noiseMicrovolts = plan.initialNoiseMicrovolts.slice();
    this.filteredMicrovolts = new Float32Array(geometry.maxBlockSamples * plan.channels);
    this.#plan = plan;
    this.#Kernel = Kernel;
    this.#maxBlockSamples = geometry.maxBlockSamples;
    this.#spikeKernel = new Kernel(plan);
  }

  get isNoiseReady(): boolean {
    return this.#heardSamples >= (this.#plan.runningNoise?.readySamples ?? 0);
  }

  detect(samples: Int16Array, sampleCount: number, found: DetectedSpikes): void {
    assert(this.#spikeKernel, 'the detector is in use after its disposal');
    assert(sampleCount <= this.#maxBlockSamples, 'a block is longer than maxBlockSamples');
    assert(sampleCount * this.#plan.channels <= samples.length, 'a block is shorter than its sample count');
    const blankFrom = Math.min(this.#blankFrom, sampleCount);
    const blankUntil = Math.min(this.#blankUntil, sampleCount);
    const crossings = this.#spikeKernel.detect(
      samples,
      sampleCount,
      blankFrom,
      blankUntil,
      this.filteredMicrovolts,
      this.noiseMicrovolts,
      found.sampleOffsets,
      found.channels,
      found.amplitudesMicrovolts,
    );
    found.count = Math.min(crossings, found.capacity);
    found.overflow = crossings - found.count;
    this.#heardSamples += sampleCount - (blankUntil - blankFrom);
    this.#blankFrom = Math.max(0, this.#blankFrom - sampleCount);
    this.#blankUntil = Math.max(0, this.#blankUntil - sampleCount);
  }

  blank(fromOffset: number, durationSamples: number): void {
    assert(fromOffset >= 0 && durationSamples >= 0, 'blanking lies in the future');
    if (durationSamples === 0) return;
    const isBlanking = this.#blankUntil > 0;
    this.#blankFrom = isBlanking ? Math.min(this.#blankFrom, fromOffset) : fromOffset;
    this.#blankUntil = Math.max(this.#blankUntil, fromOffset + durationSamples);
  }

  reset(): void {
    assert(this.#spikeKernel, 'the detector is in use after its disposal');
    this.#spikeKernel = new this.#Kernel(this.#plan);
    this.noiseMicrovolts.set(this.#plan.initialNoiseMicrovolts);
    this.#heardSamples = 0;
    this.#blankFrom = 0;
    this.#blankUntil = 0;
  }

  exchange(archive: StateArchive): void {
    assert(this.#spikeKernel, 'the detector is in use after its disposal');
    const memory = new Float64Array(this.#spikeKernel.memoryLength());
    this.#spikeKernel.saveMemory(memory);
    archive.array(memory);
    if (archive.isLoading) this.#spikeKernel.loadMemory(memory);
    archive.array(this.noiseMicrovolts);
    this.#heardSamples = archive.number(this.#heardSamples);
    this.#blankFrom = archive.number(this.#blankFrom);
    this.#blankUntil = archive.number(this.#blankUntil);
  }

  dispose(): void {
    this.#spikeKernel = undefined;
  }
}
