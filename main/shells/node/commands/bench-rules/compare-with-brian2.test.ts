import { expect, it } from 'vitest';
import { comparisonOf } from './compare-with-brian2.ts';

it('compares medians and shows what both networks did', () => {
  const run = (seconds: number, rateHz: number) => ({ seconds, rateHz, synapses: 1000 });
  expect(comparisonOf([run(1, 4), run(9, 4), run(2, 4.5)], [run(6, 5), run(8, 5), run(7, 5)], 2)).toEqual({
    runs: 3,
    secondsPerBiologicalSecond: { native: 1, brian2: 3.5 },
    speedup: 3.5,
    ratesHz: { native: 4.5, brian2: 5 },
    synapses: { native: 1000, brian2: 1000 },
  });
});
