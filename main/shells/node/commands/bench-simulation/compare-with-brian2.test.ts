import { expect, it } from 'vitest';
import { type ModelComparison, withRatios } from './compare-with-brian2.ts';

const comparison = (seconds: ModelComparison['secondsPerBiologicalSecond']): ModelComparison => ({
  neurons: 4000,
  biologicalSeconds: 5,
  runs: 3,
  secondsPerBiologicalSecond: seconds,
  ratesHz: {},
  synapses: {},
});

it('says how many times as fast, above 1 where ours is faster', () => {
  const { speedupVsBrian2, typescriptVsCython } = withRatios(
    comparison({ native: 0.02, typescript: 0.4, brian2Cpp: 0.05, brian2Cython: 0.2 }),
  );
  expect(speedupVsBrian2).toBeCloseTo(2.5, 12);
  expect(typescriptVsCython).toBeCloseTo(0.5, 12);
});

it('gives no ratio where one of the two was not measured', () => {
  const ratios = withRatios(comparison({ native: 0.02, brian2Cython: 0.2 }));
  expect(ratios).not.toHaveProperty('speedupVsBrian2');
  expect(ratios).not.toHaveProperty('typescriptVsCython');
});
