import { describe, expect, it } from 'vitest';
import { fuzzSpikes, fuzzWaveforms } from './fuzz-streams.ts';

describe.each([
  ['blocks', fuzzWaveforms],
  ['spike records', fuzzSpikes],
] as const)('damaged %s', (_, fuzz) => {
  it('are never believed, and never crash or hold the parser', () => {
    const counts = fuzz(4000, 7);
    expect(counts).toMatchObject({ damaged: 4000, wrong: 0, crashes: 0 });
    expect(counts.accepted).toBeGreaterThan(4000);
  });
});
