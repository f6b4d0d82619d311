import { describe, expect, it } from 'vitest';
import { fuzzBodies, fuzzMessages, fuzzReports } from './fuzz-hid.ts';

describe.each([
  ['reports', fuzzReports, 1],
  ['messages', fuzzMessages, 0.5],
  ['bodies', fuzzBodies, 0.2],
] as const)('damaged %s of a HID rig', (_, fuzz, acceptedShare) => {
  it('are never believed to be others, and never crash or hold who reads them', () => {
    const counts = fuzz(3000, 7);
    expect(counts).toMatchObject({ damaged: 3000, wrong: 0, crashes: 0 });
    expect(counts.accepted).toBeGreaterThan(3000 * acceptedShare);
  });
});
