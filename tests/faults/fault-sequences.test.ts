import { describe, expect, it } from 'vitest';
import { runSequence } from './fault-sequence.ts';
import { runSequences } from './run-sequences.ts';

/** `npm run check:faults` runs many more. */
const sequences = 200;

describe('sequences of random faults in virtual time', { timeout: 60_000 }, () => {
  it('S17: no pulse past the bound, none unbalanced, unrecorded, replayed or beyond its limits, no output turned on by itself', async () => {
    const report = await runSequences(Array.from({ length: sequences }, (_, index) => index + 1));
    expect(report.failed).toEqual([]);
    const { pulses, enables, ...mustBeZero } = report.verdict;
    expect(new Set(Object.values(mustBeZero))).toEqual(new Set([0]));
    // Sequences in which nothing is ever delivered would prove nothing.
    expect(enables).toBeGreaterThan(sequences / 2);
    expect(pulses).toBeGreaterThan(5 * sequences);
    expect(report.tripped).toBeGreaterThan(sequences / 4);
  });

  it('replay exactly: the same seed is the same sequence', async () => {
    for (const seed of [3, 17, 40]) expect(await runSequence(seed)).toEqual(await runSequence(seed));
  });
});
