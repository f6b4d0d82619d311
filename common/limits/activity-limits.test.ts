// The limits of the tissue's activity as the watch takes them: by preparation, and more sensitive only.
import { expect, test } from 'vitest';
import {
  activityLimits,
  type ActivityLimitName,
  defaultActivityLimits,
  isAtLeastAsSensitive,
} from './activity-limits.ts';
import { profileNames } from './profile-name.ts';

test('every preparation has the defaults of its column, in whole units', () => {
  expect(defaultActivityLimits('in-vitro-mea')).toEqual({
    elevatedAboveMilliSigmas: 5000,
    elevatedChannelsPermille: 300,
    elevatedMaxMilliseconds: 2000,
    afterDischargeMaxMilliseconds: 1000,
    burstRateMaxPermille: 3000,
    burstRateMaxMilliseconds: 30_000,
    lockedPulsesMax: 20,
    holdOffMilliseconds: 300_000,
  });
  for (const profile of profileNames) expect(Object.isFrozen(defaultActivityLimits(profile)), profile).toBe(true);
  expect(defaultActivityLimits('bench').holdOffMilliseconds).toBe(0);
});

test.each(Object.keys(activityLimits) as ActivityLimitName[])(
  '%s: a step to the tight side is more sensitive',
  (name) => {
    const limits = defaultActivityLimits('in-vitro-mea');
    const step = activityLimits[name].sense === 'min' ? 1 : -1;
    const tighter = { ...limits, [name]: limits[name] + step };
    expect(isAtLeastAsSensitive(limits, limits)).toBe(true);
    expect([isAtLeastAsSensitive(tighter, limits), isAtLeastAsSensitive(limits, tighter)]).toEqual([true, false]);
    // What compares with NaN reports nothing.
    expect(isAtLeastAsSensitive({ ...limits, [name]: Number.NaN }, limits)).toBe(false);
  },
);
