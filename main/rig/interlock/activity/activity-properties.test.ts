import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  activityLimits,
  type ActivityLimitName,
  type ActivityLimits,
  isAtLeastAsSensitive,
} from '../../../../common/limits/activity-limits.ts';
import { raised, tissueLimits, TissueUnderTest, volley } from './tissue.fixture.ts';

const names = Object.keys(activityLimits) as ActivityLimitName[];
/** Some limits at a smaller number than the default, the pause at a larger one. */
const tightened = fc
  .record(Object.fromEntries(names.map((name) => [name, fc.double({ min: 0.3, max: 1, noNaN: true })])))
  .map((shares) =>
    Object.fromEntries(
      names.map((name) => [
        name,
        Math.floor(name === 'holdOffMilliseconds' ? 1e6 : tissueLimits[name] * shares[name]!),
      ]),
    ),
  )
  .map((limits) => limits as unknown as ActivityLimits);

/** A second of tissue: how many channels are raised, how much, whether a pulse is given, whether a volley follows. */
const second = fc.record({
  channels: fc.constantFrom(0, 0, 1, 2, 3, 6, 10),
  microvolts: fc.constantFrom(10.5, 11.5, 12.5, 14, 30, NaN),
  isPulsed: fc.boolean(),
  volleyMilliseconds: fc.constantFrom(5, 5, 300, 2000),
});
/** Each kind of second several times, so that something lasts. */
const history = fc
  .array(fc.tuple(second, fc.integer({ min: 1, max: 25 })), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.flatMap(([part, times]) => Array.from({ length: times }, () => part)));

type Second = typeof second extends fc.Arbitrary<infer T> ? T : never;

/** Seconds until the first finding of each code. */
function firstFindings(seconds: readonly Second[], limits: ActivityLimits): Record<string, number> {
  const tissue = new TissueUnderTest(limits).play(12);
  for (const { channels, microvolts, isPulsed, volleyMilliseconds } of seconds) {
    if (isPulsed) tissue.pulse();
    tissue.play(1, raised(channels, microvolts), volley(volleyMilliseconds));
  }
  const first: Record<string, number> = {};
  for (const { code, seconds: at } of tissue.findings) first[code] ??= at;
  return first;
}

describe('ActivityWatch', () => {
  it('S26: reports no later with limits that are at least as sensitive, after any history', () => {
    let compared = 0;
    fc.assert(
      fc.property(history, tightened, (seconds, limits) => {
        expect(isAtLeastAsSensitive(limits, tissueLimits)).toBe(true);
        const loose = firstFindings(seconds, tissueLimits);
        const tight = firstFindings(seconds, limits);
        const earliest = Math.min(...Object.values(tight));
        for (const at of Object.values(loose)) {
          compared++;
          expect(earliest).toBeLessThanOrEqual(at);
        }
      }),
      { numRuns: 40 },
    );
    expect(compared).toBeGreaterThan(20);
  });
});

describe('isAtLeastAsSensitive', () => {
  it.each(names)('S26: follows %s, and is false where it is no number', (name) => {
    const looser = activityLimits[name].sense === 'max' ? 1 : -1;
    const changed = (by: number) => ({ ...tissueLimits, [name]: tissueLimits[name] + by });
    expect(isAtLeastAsSensitive(changed(0), tissueLimits)).toBe(true);
    expect(isAtLeastAsSensitive(changed(-looser), tissueLimits)).toBe(true);
    expect(isAtLeastAsSensitive(changed(looser), tissueLimits)).toBe(false);
    expect(isAtLeastAsSensitive(changed(NaN), tissueLimits)).toBe(false);
  });
});
