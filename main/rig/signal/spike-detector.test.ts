// What every spike detector promises, on both kernels and on a real recording.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSpikeDetector } from './create-spike-detector.ts';
import { DetectedSpikes } from './detected-spikes.ts';
import { detectAll, fixedNoise, geometry, kernelsUnderTest, parameters, recording } from './signal-fixture.ts';
import type { DetectionParameters, SpikeDetector } from './spike-detector.ts';

const { channels } = geometry;

describe.each(kernelsUnderTest)('the spike detector on the %s', (_title, { kernel, kernels, isLoaded }) => {
  const detectorTest = test.runIf(isLoaded);
  const create = (changes: Partial<DetectionParameters> = {}): SpikeDetector =>
    createSpikeDetector({ ...parameters, noise: fixedNoise, ...changes }, geometry, kernels);

  detectorTest('names its kernel', () => {
    expect(create().kernel).toBe(kernel);
  });

  detectorTest('finds the crossings that scipy finds on every channel of the recording', () => {
    const spikes = detectAll(create({ refractoryMilliseconds: 0 }), recording, channels, [40]);
    const perChannel = Array.from(
      { length: channels },
      (_, channel) => spikes.filter((spike) => spike.channel === channel).length,
    );
    expect(perChannel).toEqual([101, 116, 36, 32, 68, 62, 131, 53, 151, 119, 77, 71, 19, 26, 61, 64]);
    expect(spikes).toHaveLength(1187);
  });

  detectorTest('finds 1,158 spikes with a refractory time of 1 ms, none closer to the accepted one before it', () => {
    const spikes = detectAll(create(), recording, channels, [40]);
    expect(spikes).toHaveLength(1158);
    for (let channel = 0; channel < channels; channel++) {
      const samples = spikes.filter((spike) => spike.channel === channel).map((spike) => spike.sample);
      for (let index = 1; index < samples.length; index++) {
        expect(samples[index]! - samples[index - 1]!).toBeGreaterThanOrEqual(40);
      }
    }
  });

  detectorTest('reports spikes by sample, then channel, each with its filtered value below the threshold', () => {
    const spikes = detectAll(create(), recording, channels, [400]);
    for (const [index, { sample, channel, microvolts }] of spikes.entries()) {
      expect(microvolts).toBeLessThanOrEqual(Math.fround(-4.5 * fixedNoise[channel]!));
      const next = spikes[index + 1];
      if (next) expect(sample * channels + channel).toBeLessThan(next.sample * channels + next.channel);
    }
  });

  detectorTest('finds the same however the stream is cut into blocks', () => {
    const samples = recording.subarray(0, 60_000 * channels);
    const whole = detectAll(create({ noise: 'running' }), samples, channels, [4096]);
    expect(whole.length).toBeGreaterThan(50);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 12 }), (blockSizes) => {
        expect(detectAll(create({ noise: 'running' }), samples, channels, blockSizes)).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });

  detectorTest('loses nothing but the blanked spikes while blanked', () => {
    const all = detectAll(create({ refractoryMilliseconds: 0 }), recording, channels, [40]);
    const blankedFrom = 70_013;
    const duration = 10_000;
    const detector = create({ refractoryMilliseconds: 0 });
    const spikes = detectAll(detector, recording, channels, [40], (first, count) => {
      if (first + count === 70_000) detector.blank(blankedFrom - 70_000, duration);
    });
    const expected = all.filter(({ sample }) => sample < blankedFrom || sample >= blankedFrom + duration);
    expect(expected.length).toBeLessThan(all.length);
    expect(spikes).toEqual(expected);
  });

  detectorTest('extends a blanking that is not over to cover the next one', () => {
    const detector = create({ refractoryMilliseconds: 0 });
    detector.blank(1000, 100);
    detector.blank(20_000, 90_000);
    detector.blank(500, 0);
    const spikes = detectAll(detector, recording, channels, [4000]);
    const all = detectAll(create({ refractoryMilliseconds: 0 }), recording, channels, [4000]);
    expect(spikes).toEqual(all.filter(({ sample }) => sample < 1000 || sample >= 110_000));
    expect(spikes.length).toBeLessThan(all.length);
  });

  detectorTest('counts the spikes that do not fit', () => {
    const detector = create();
    const found = new DetectedSpikes(3);
    detector.detect(recording, 4096, found);
    const roomy = new DetectedSpikes(100);
    const again = create();
    again.detect(recording, 4096, roomy);
    expect(roomy.overflow).toBe(0);
    expect(found.count).toBe(3);
    expect(found.overflow).toBe(roomy.count - 3);
    expect([...found.sampleOffsets]).toEqual([...roomy.sampleOffsets.subarray(0, 3)]);
  });

  detectorTest('starts anew after a reset', () => {
    const samples = recording.subarray(0, 50_000 * channels);
    const detector = create({ noise: 'running' });
    const first = detectAll(detector, samples, channels, [40]);
    expect(first.length).toBeGreaterThan(0);
    detector.blank(0, 1_000_000);
    detector.reset();
    expect(detector.isNoiseReady).toBe(false);
    expect(detectAll(detector, samples, channels, [40])).toEqual(first);
  });

  detectorTest('rejects blocks that are too long, cut short or late', () => {
    const detector = create();
    const found = new DetectedSpikes(10);
    expect(() => detector.detect(recording, 4097, found)).toThrow('maxBlockSamples');
    expect(() => detector.detect(new Int16Array(channels), 2, found)).toThrow('shorter');
    detector.dispose();
    expect(() => detector.detect(recording, 1, found)).toThrow('disposal');
  });
});
