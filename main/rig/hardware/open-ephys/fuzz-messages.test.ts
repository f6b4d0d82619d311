import { describe, expect, it } from 'vitest';
import { fuzzConnection, fuzzMessages } from './fuzz-messages.ts';

describe.each([
  ['messages', fuzzMessages],
  ['connections', fuzzConnection],
] as const)('damaged %s', (_, fuzz) => {
  it('are never believed, and never crash or hold the reader', () => {
    const counts = fuzz(4000, 7);
    expect(counts).toMatchObject({ damaged: 4000, wrong: 0, crashes: 0 });
    expect(counts.accepted).toBeGreaterThan(4000);
  });
});
