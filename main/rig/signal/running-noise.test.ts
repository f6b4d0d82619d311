// The running noise estimate is right soon, stays right, and is not misled by artefacts; on both kernels.
import { describe, expect, test } from 'vitest';
import { createSpikeDetector } from './create-spike-detector.ts';
import {
  detectAll,
  fixedNoise,
  geometry,
  kernelsUnderTest,
  loopRecording,
  parameters,
  recordedSamples,
} from './signal-fixture.ts';
import type { DetectionParameters, SpikeDetector } from './spike-detector.ts';

const { channels, sampleRateHz } = geometry;
const secondsToSamples = (seconds: number) => seconds * sampleRateHz;

describe.each(kernelsUnderTest)('the running noise estimate of the %s', (_title, { kernels, isLoaded }) => {
  const noiseTest = test.runIf(isLoaded);
  const create = (microvoltsPerBit = geometry.microvoltsPerBit): SpikeDetector =>
    createSpikeDetector(parameters, { ...geometry, microvoltsPerBit }, kernels);

  noiseTest('is ready after one second, before which no spikes are reported', () => {
    const detector = create();
    const isReady: boolean[] = [];
    const spikes = detectAll(detector, loopRecording(0, secondsToSamples(2)), channels, [40], () =>
      isReady.push(detector.isNoiseReady),
    );
    expect(isReady.indexOf(true)).toBe(999);
    expect(isReady.lastIndexOf(false)).toBe(998);
    expect(spikes[0]!.sample).toBeGreaterThanOrEqual(secondsToSamples(1) - 1);
  });

  describe.each([
    { title: 'without artefacts', prepare: (samples: Int16Array) => ({ samples, microvoltsPerBit: 0.05 }) },
    { title: 'with an artefact of ±5 mV for 2 ms once a second', prepare: withArtefacts },
  ])('$title', ({ prepare }) => {
    noiseTest.each([
      { offset: 0, blockSizes: [40], refractoryMilliseconds: 1 },
      { offset: 26_446, blockSizes: [1, 39, 137], refractoryMilliseconds: 0 },
      { offset: 52_892, blockSizes: [400], refractoryMilliseconds: 1 },
      { offset: 79_338, blockSizes: [4096], refractoryMilliseconds: 0 },
      { offset: 105_784, blockSizes: [30, 50], refractoryMilliseconds: 0 },
    ])(
      'counts as fixed noise does, within 5 in 100, after two seconds from sample $offset on in blocks of $blockSizes, with $refractoryMilliseconds ms refractory',
      ({ offset, blockSizes, refractoryMilliseconds }) => {
        const { samples, microvoltsPerBit } = prepare(loopRecording(offset, secondsToSamples(2) + recordedSamples));
        const count = (noise: DetectionParameters['noise']) =>
          detectAll(
            createSpikeDetector(
              { ...parameters, noise, refractoryMilliseconds },
              { ...geometry, microvoltsPerBit },
              kernels,
            ),
            samples,
            channels,
            blockSizes,
          ).filter(({ sample }) => sample >= secondsToSamples(2)).length;
        const expected = count(fixedNoise);
        expect(expected).toBeGreaterThan(1000);
        expect(Math.abs(count('running') / expected - 1)).toBeLessThan(0.05);
      },
    );
  });

  noiseTest.each([2 ** -4, 2 ** 6])('is right after two seconds when the signal is %f times as large', (factor) => {
    const detector = create(geometry.microvoltsPerBit * factor);
    detectAll(detector, loopRecording(0, secondsToSamples(2)), channels, [40]);
    expect(
      worstError(
        detector,
        fixedNoise.map((sigma) => sigma * factor),
      ),
    ).toBeLessThan(0.2);
  });

  noiseTest('is right again three seconds after a dead channel, silent until then, has come back', () => {
    const samples = loopRecording(0, secondsToSamples(5));
    for (let sample = 0; sample < secondsToSamples(2); sample++) samples[sample * channels + 3] = 0;
    const detector = create();
    const spikes = detectAll(detector, samples, channels, [40]);
    expect(spikes.filter(({ channel, sample }) => channel === 3 && sample < secondsToSamples(2))).toEqual([]);
    expect(worstError(detector, fixedNoise)).toBeLessThan(0.2);
  });

  noiseTest('is right again two seconds after the noise has tripled', () => {
    const samples = loopRecording(0, secondsToSamples(5));
    for (let index = secondsToSamples(3) * channels; index < samples.length; index++) samples[index]! *= 3;
    const detector = create();
    detectAll(detector, samples, channels, [40]);
    expect(
      worstError(
        detector,
        fixedNoise.map((sigma) => 3 * sigma),
      ),
    ).toBeLessThan(0.2);
  });

  noiseTest('pauses while blanked', () => {
    const clean = loopRecording(0, secondsToSamples(2));
    const stimulated = clean.slice();
    for (let sample = 0; sample < secondsToSamples(2); sample += 400) {
      stimulated.fill(32_767, sample * channels, (sample + 80) * channels);
    }
    const run = (samples: Int16Array, blankedSamples: number): SpikeDetector => {
      const detector = create();
      detector.blank(0, blankedSamples);
      detectAll(detector, samples, channels, [400], () => detector.blank(0, blankedSamples));
      return detector;
    };
    const reference = run(clean, 0).noiseMicrovolts;
    expect(worstError(run(stimulated, 0), reference)).toBeGreaterThan(0.3);
    expect(worstError(run(stimulated, 280), reference)).toBeLessThan(0.1);
  });
});

/** @returns the largest relative error of σ over the channels. */
function worstError(detector: SpikeDetector, expected: ArrayLike<number>): number {
  return Math.max(...detector.noiseMicrovolts.map((sigma, channel) => Math.abs(sigma / expected[channel]! - 1)));
}

/** Adds 5 mV for 1 ms, then −5 mV for 1 ms, to all channels in the middle of each second, at a scale that can hold them. */
function withArtefacts(samples: Int16Array): { samples: Int16Array; microvoltsPerBit: number } {
  const coarse = samples.map((value) => Math.round(value / 4));
  const bits = 5000 / 0.2;
  for (let from = secondsToSamples(0.5) * channels; from < coarse.length; from += secondsToSamples(1) * channels) {
    for (let index = 0; index < 80 * channels; index++) coarse[from + index]! += index < 40 * channels ? bits : -bits;
  }
  return { samples: coarse, microvoltsPerBit: 0.2 };
}
