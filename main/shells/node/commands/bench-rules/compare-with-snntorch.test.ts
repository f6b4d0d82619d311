import { expect, it } from 'vitest';
import { snnTorchComparison } from './compare-with-snntorch.ts';

it('compares medians of iterations', () =>
  expect(snnTorchComparison([2, 8, 1], [0.5, 0.5, 9], [3, 4, 5])).toEqual({
    batch: 64,
    iterations: 3,
    bpttSeconds: 2,
    ePropSeconds: 0.5,
    snnTorchBpttSeconds: 4,
    bpttSpeedup: 2,
    ePropSpeedup: 8,
  }));
