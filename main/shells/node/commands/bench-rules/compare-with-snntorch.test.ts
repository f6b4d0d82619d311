import { expect, it } from 'vitest';
import { snnTorchComparison } from './compare-with-snntorch.ts';

const timed = (seconds: readonly number[], rateHz: number) => seconds.map((each) => ({ seconds: each, rateHz }));

it('compares medians of iterations', () =>
  expect(snnTorchComparison(timed([2, 8, 1], 10), timed([0.5, 0.5, 9], 11), timed([3, 4, 5], 12))).toMatchObject({
    threads: 1,
    batch: 64,
    iterations: 3,
    bpttSeconds: 2,
    ePropSeconds: 0.5,
    snnTorchBpttSeconds: 4,
    ratesHz: { bptt: 10, ePropSymmetric: 11, snnTorch: 12 },
    bpttSpeedup: 2,
    ePropSpeedup: 8,
  }));
