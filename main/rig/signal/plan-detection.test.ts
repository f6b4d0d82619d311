// Detection parameters become numbers for a kernel, or a sentence that says how to mend them.
import { describe, expect, test } from 'vitest';
import { detectionProblem, planDetection } from './plan-detection.ts';
import type { DetectionParameters, SignalGeometry } from './spike-detector.ts';

const geometry: SignalGeometry = { channels: 2, sampleRateHz: 30_000, microvoltsPerBit: 0.195, maxBlockSamples: 30 };
const parameters: DetectionParameters = {
  lowCutoffHz: 300,
  highCutoffHz: 6000,
  filterOrder: 2,
  thresholdSigmas: 4.5,
  refractoryMilliseconds: 1,
  noise: 'running',
};

describe('planning the detection', () => {
  test.each([
    { changes: {}, problem: undefined },
    { changes: { noise: [1, 2] }, problem: undefined },
    { changes: { lowCutoffHz: 6000 }, problem: 'Choose lowCutoffHz below highCutoffHz.' },
    { changes: { lowCutoffHz: 0 }, problem: 'Choose lowCutoffHz' },
    { changes: { highCutoffHz: 15_000 }, problem: 'Choose highCutoffHz below 15000 Hz.' },
    { changes: { noise: [1] }, problem: 'given for 1 channels, but the source has 2' },
    { changes: { noise: [1, 0] }, problem: 'not above 0 µV' },
    { changes: { noise: [1, Number.NaN] }, problem: 'not above 0 µV' },
  ])('with $changes finds: $problem', ({ changes, problem }) => {
    const found = detectionProblem({ ...parameters, ...changes }, geometry);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(problem);
  });

  test('counts the refractory time in samples, to the nearest', () => {
    const samples = (refractoryMilliseconds: number) =>
      planDetection({ ...parameters, refractoryMilliseconds }, geometry).refractorySamples;
    expect([0, 0.1, 1, 1.02, 20].map(samples)).toEqual([0, 3, 30, 31, 600]);
  });

  test('measures noise only where it is not given', () => {
    expect(planDetection({ ...parameters, noise: [3, 4] }, geometry)).toMatchObject({
      initialNoiseMicrovolts: new Float64Array([3, 4]),
      runningNoise: undefined,
    });
    expect(planDetection(parameters, geometry).runningNoise).toMatchObject({ readySamples: 30_000 });
  });

  test('refuses what cannot be used', () => {
    expect(() => planDetection({ ...parameters, highCutoffHz: 15_000 }, geometry)).toThrow('Choose highCutoffHz');
  });
});
