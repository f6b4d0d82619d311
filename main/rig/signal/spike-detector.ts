// What a spike detector is: the interface that the signal path and the live view use in the rig thread.
import type { Disposable } from '../../../common/base/disposable.ts';
import type { Remembering } from '../../../common/base/state-archive.ts';
import type { DetectedSpikes } from './detected-spikes.ts';

export interface DetectionParameters {
  readonly lowCutoffHz: number;
  readonly highCutoffHz: number;
  /** Of the Butterworth prototype, 1 to 4. */
  readonly filterOrder: number;
  /** A spike is a downward crossing of minus this many σ. */
  readonly thresholdSigmas: number;
  /** Counted from the accepted crossing. */
  readonly refractoryMilliseconds: number;
  /** σ is measured while running, or fixed: one value per channel, µV. */
  readonly noise: 'running' | readonly number[];
}

/** How the samples of a source are laid out and scaled. */
export interface SignalGeometry {
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly microvoltsPerBit: number;
  /** Most samples per channel that one block can hold, at most 65,535. */
  readonly maxBlockSamples: number;
}

/** Band-pass and threshold detection with a memory from block to block: how the stream is cut into blocks changes nothing. */
export interface SpikeDetector extends Disposable, Remembering {
  readonly kernel: 'native' | 'typescript';
  /** σ per channel after the last block, µV; provisional until `isNoiseReady`. */
  readonly noiseMicrovolts: Float64Array;
  /** Whether σ is known. Until then no spikes are reported. */
  readonly isNoiseReady: boolean;
  /** The last block after the band-pass, sample-major, maxBlockSamples × channels, µV; overwritten by the next block. */
  readonly filteredMicrovolts: Float32Array;

  /**
   * Detects in one block; `found` then holds the spikes of this block alone.
   * @param samples sample-major, at least sampleCount × channels.
   */
  detect(samples: Int16Array, sampleCount: number, found: DetectedSpikes): void;

  /**
   * Ignores crossings on all channels while a stimulation artefact lasts; the noise estimate pauses, the filter runs on.
   * A blanking that is still to come or not over yet is extended to cover both.
   * @param fromOffset counted from the first sample of the next block, 0 or above.
   */
  blank(fromOffset: number, durationSamples: number): void;

  /** Forgets everything: filter, noise, refractory times and blanking. For a new run, or after lost samples. */
  reset(): void;
}
