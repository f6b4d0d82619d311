// The native kernel and the TypeScript kernel give the same to the last bit, whatever the signal and however it is cut.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadState, saveState } from '../../../common/base/state-archive.ts';
import { createSpikeDetector } from './create-spike-detector.ts';
import { DetectedSpikes } from './detected-spikes.ts';
import { geometry, kernelsUnderTest, parameters, recording } from './signal-fixture.ts';
import type { DetectionParameters, SignalGeometry } from './spike-detector.ts';

const [title, native] = kernelsUnderTest[1];

interface Block {
  readonly sampleCount: number;
  readonly blank: readonly [fromOffset: number, durationSamples: number] | undefined;
}

/** Runs both kernels side by side; everything that comes out must be equal to the last bit. */
function expectAgreement(
  samples: Int16Array,
  signal: SignalGeometry,
  changes: Partial<DetectionParameters>,
  blocks: readonly Block[],
): number {
  const all = { ...parameters, ...changes };
  const { channels } = signal;
  const [ours, theirs] = [undefined, native.kernels].map((kernels) => ({
    detector: createSpikeDetector(all, signal, kernels),
    found: new DetectedSpikes(200),
  })) as [Side, Side];
  let spikes = 0;
  const total = samples.length / channels;
  for (let first = 0, turn = 0; first < total; turn++) {
    const { sampleCount, blank } = blocks[turn % blocks.length]!;
    const count = Math.min(sampleCount, total - first);
    for (const { detector, found } of [ours, theirs]) {
      if (blank) detector.blank(...blank);
      detector.detect(samples.subarray(first * channels), count, found);
    }
    expect(isSame(ours, theirs), `the block of ${count} samples at ${first}`).toBe(true);
    spikes += ours.found.count + ours.found.overflow;
    first += count;
  }
  return spikes;
}

type Side = { detector: ReturnType<typeof createSpikeDetector>; found: DetectedSpikes };

/** Whether all that has come out is equal, byte for byte. */
function isSame(a: Side, b: Side): boolean {
  const arrays = ({ detector, found }: Side) => [
    detector.filteredMicrovolts,
    detector.noiseMicrovolts,
    found.sampleOffsets,
    found.channels,
    found.amplitudesMicrovolts,
  ];
  const ofB = arrays(b);
  return (
    a.found.count === b.found.count &&
    a.found.overflow === b.found.overflow &&
    a.detector.isNoiseReady === b.detector.isNoiseReady &&
    arrays(a).every((array, index) => bytesOf(array).equals(bytesOf(ofB[index]!)))
  );
}

function bytesOf(array: ArrayBufferView): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

const blocks = (longest: number) =>
  fc.array(
    fc.record({
      sampleCount: fc.integer({ min: 1, max: longest }),
      blank: fc.option(fc.tuple(fc.nat(2 * longest), fc.nat(longest)), { nil: undefined, freq: 5 }),
    }),
    { minLength: 1, maxLength: 10 },
  );

describe(`the TypeScript kernel and the ${title}`, () => {
  test.runIf(native.isLoaded)('agree to the last bit on the whole recording, with running noise', () => {
    expect(expectAgreement(recording, geometry, {}, [{ sampleCount: 40, blank: undefined }])).toBeGreaterThan(600);
  });

  test.runIf(native.isLoaded)('agree on the recording however it is cut and blanked', () => {
    const piece = recording.subarray(0, 55_000 * geometry.channels);
    fc.assert(
      fc.property(
        blocks(1000),
        fc.boolean(),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (cuts, isFixed, refractoryMilliseconds) => {
          const noise = isFixed ? (Array(16).fill(10) as number[]) : 'running';
          expectAgreement(piece, geometry, { noise, refractoryMilliseconds }, cuts);
        },
      ),
      { numRuns: 12 },
    );
  });

  test.runIf(native.isLoaded)('go on from what the other one remembers', () => {
    const samplesOf = (block: number) => recording.subarray(block * 40 * geometry.channels);
    for (const [before, after] of [
      [undefined, native.kernels],
      [native.kernels, undefined],
    ]) {
      const sides = [before, after].map((kernels) => ({
        detector: createSpikeDetector({ ...parameters, noise: 'running' }, geometry, kernels),
        found: new DetectedSpikes(200),
      })) as [Side, Side];
      const [one, other] = sides;
      for (let block = 0; block < 1000; block++) one.detector.detect(samplesOf(block), 40, one.found);
      one.detector.blank(10, 500);
      loadState(other.detector, saveState(one.detector));
      let spikes = 0;
      for (let block = 1000; block < 1300; block++) {
        for (const { detector, found } of sides) detector.detect(samplesOf(block), 40, found);
        expect(isSame(one, other), `block ${block}`).toBe(true);
        spikes += one.found.count;
      }
      expect(spikes).toBeGreaterThan(10);
    }
  });

  test.runIf(native.isLoaded)('agree on random signals of any shape, filter and size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 67 }),
        fc.integer({ min: 1, max: 4 }),
        fc.double({ min: 1e-3, max: 10, noNaN: true }),
        fc.double({ min: 2, max: 6, noNaN: true }),
        fc.integer(),
        blocks(60),
        (channels, filterOrder, microvoltsPerBit, thresholdSigmas, seed, cuts) => {
          const signal = { channels, sampleRateHz: 1000, microvoltsPerBit, maxBlockSamples: 60 };
          const samples = randomSamples(seed, 3000 * channels);
          const changes = { filterOrder, thresholdSigmas, lowCutoffHz: 50, highCutoffHz: 400 };
          expectAgreement(samples, signal, changes, cuts);
        },
      ),
      { numRuns: 25 },
    );
  });
});

/** Noise whose size changes now and then, from the xorshift generator of Marsaglia (2003). */
function randomSamples(seed: number, length: number): Int16Array {
  let state = seed | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  };
  let size = 1000;
  return Int16Array.from({ length }, () => {
    if (next() > 0.9999) size = 32_000 * Math.abs(next()) ** 3;
    return size * next();
  });
}
