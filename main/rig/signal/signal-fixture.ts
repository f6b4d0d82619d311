// A real recording and a way to run detectors over it, for the tests of the signal path.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadNative } from '../../../native/load-native.ts';
import { createSpikeDetector } from './create-spike-detector.ts';
import { DetectedSpikes } from './detected-spikes.ts';
import type { DetectionParameters, SignalGeometry, SpikeDetector } from './spike-detector.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const { platform, arch, env } = process;
const loaded = loadNative({ applicationRoot: root, environment: env, platform, arch });
/** Both kernels by title, for `describe.each` and `%s`; the title of one that cannot run says why. */
export const kernelsUnderTest = [
  ['TypeScript kernel', { kernel: 'typescript', kernels: undefined, isLoaded: true }],
  [
    `native kernel${loaded.native ? '' : ` (skipped: ${loaded.reason})`}`,
    { kernel: 'native', kernels: loaded.native, isLoaded: loaded.native !== undefined },
  ],
] as const;

const bytes = readFileSync(`${root}resources/recordings/barrel-cortex-16ch/recording.int16le.dat`);
/** Sample-major, 132,234 × 16. */
export const recording = new Int16Array(new Uint8Array(bytes).buffer);
export const recordedSamples = 132_234;
export const geometry: SignalGeometry = {
  channels: 16,
  sampleRateHz: 40_000,
  microvoltsPerBit: 0.05,
  maxBlockSamples: 4096,
};
export const parameters: DetectionParameters = {
  lowCutoffHz: 300,
  highCutoffHz: 6000,
  filterOrder: 2,
  thresholdSigmas: 4.5,
  refractoryMilliseconds: 1,
  noise: 'running',
};

export interface Spike {
  readonly sample: number;
  readonly channel: number;
  readonly microvolts: number;
}

/**
 * Cuts `samples` into blocks and detects in each.
 * @param blockSizes used in turn, samples per channel.
 * @param onBlock called after each block with its first sample and its length.
 */
export function detectAll(
  detector: SpikeDetector,
  samples: Int16Array,
  channels: number,
  blockSizes: readonly number[],
  onBlock?: (firstSample: number, sampleCount: number) => void,
): Spike[] {
  const found = new DetectedSpikes(blockSizes.reduce((a, b) => Math.max(a, b)) * channels);
  const spikes: Spike[] = [];
  const total = samples.length / channels;
  for (let first = 0, turn = 0; first < total; turn++) {
    const count = Math.min(blockSizes[turn % blockSizes.length]!, total - first);
    detector.detect(samples.subarray(first * channels, (first + count) * channels), count, found);
    for (let index = 0; index < found.count; index++) {
      spikes.push({
        sample: first + found.sampleOffsets[index]!,
        channel: found.channels[index]!,
        microvolts: found.amplitudesMicrovolts[index]!,
      });
    }
    onBlock?.(first, count);
    first += count;
  }
  return spikes;
}

/** Whole recording, as long as asked, from `offset` on, starting again at its end. */
export function loopRecording(offset: number, sampleCount: number): Int16Array {
  const { channels } = geometry;
  const looped = new Int16Array(sampleCount * channels);
  for (let at = 0, from = offset * channels; at < looped.length; from = 0) {
    const piece = recording.subarray(from, from + looped.length - at);
    looped.set(piece, at);
    at += piece.length;
  }
  return looped;
}

/** σ = median(|y|) / 0.6745 per channel over the whole filtered recording, µV. */
export const fixedNoise: readonly number[] = measureNoise();

function measureNoise(): number[] {
  const { channels } = geometry;
  const whole = { ...geometry, maxBlockSamples: 65_535 };
  const detector = createSpikeDetector({ ...parameters, noise: Array(channels).fill(1e9) }, whole, undefined);
  const magnitudes = Array.from({ length: channels }, () => new Float32Array(recordedSamples));
  detectAll(detector, recording, channels, [whole.maxBlockSamples], (first, count) => {
    for (let index = 0; index < count * channels; index++) {
      const sample = first + Math.floor(index / channels);
      magnitudes[index % channels]![sample] = Math.abs(detector.filteredMicrovolts[index]!);
    }
  });
  const middle = recordedSamples / 2;
  return magnitudes.map((sorted) => (sorted.sort()[middle - 1]! + sorted[middle]!) / 2 / 0.6745);
}
