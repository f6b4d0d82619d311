import { describe, expect, it } from 'vitest';
import type { ActivityLimits } from '../../../../common/limits/activity-limits.ts';
import type { ActivityFinding } from './activity-finding.ts';
import { BurstRateWatch } from './burst-rate-watch.ts';
import { tissueLimits } from './tissue.fixture.ts';

/** Seconds of which each `every`th has so many bursts. */
const rate = (seconds: number, every: number, bursts = 1) =>
  Array.from({ length: seconds }, (_, second) => (second % every === 0 ? bursts : 0));

function watch(bursts: readonly number[], change: Partial<ActivityLimits> = {}) {
  const judged = new BurstRateWatch({ ...tissueLimits, ...change });
  const found: { finding: ActivityFinding; second: number }[] = [];
  for (const [index, count] of bursts.entries()) {
    const finding = judged.noteSecond(count);
    if (finding !== undefined) found.push({ finding, second: index + 1 });
  }
  return { found, seconds: found.map(({ second }) => second), isPresent: judged.isPresent };
}

describe('BurstRateWatch', () => {
  it('H75: reports more than three times the baseline in each third of half a minute', () => {
    const { found } = watch([...rate(300, 5), ...rate(60, 1)]);
    expect(found).toEqual([
      {
        second: 327,
        finding: {
          code: 'runaway-tissue',
          message:
            'The tissue has burst 0.90 times a second for 30 s; at most 3 times its baseline of 0.20 a second is allowed.',
          value: 27 / 30,
          bound: expect.closeTo(0.6, 2),
          unit: 'Hz',
        },
      },
    ]);
  });

  it.each([
    [5, false],
    [6, false],
    [7, true],
  ])('H75: judges %d bursts in each ten seconds where 6 are allowed', (bursts, isFound) => {
    const tenSeconds = [bursts, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const { found } = watch([...rate(600, 5), ...tenSeconds, ...tenSeconds, ...tenSeconds]);
    expect(found.length > 0).toBe(isFound);
  });

  it.each([
    [2, false],
    [3, true],
  ])('H75: judges %d bursts in each ten seconds where exactly 2 are allowed', (bursts, isFound) => {
    const silence = rate(100, 1, 0);
    const { found } = watch([...silence, ...rate(40, 10, bursts)], { burstRateMaxPermille: 2000 });
    expect(found.length > 0).toBe(isFound);
  });

  it.each([
    [1, false],
    [2, false],
    [3, true],
  ])('H75: judges a rate that is too high in %d of the three stretches', (stretches, isFound) => {
    const tenSeconds = [7, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const high = Array.from({ length: stretches }, () => tenSeconds).flat();
    expect(watch([...rate(600, 5), ...high, ...rate(60, 5)]).found.length > 0).toBe(isFound);
  });

  it('H75: takes one cluster of bursts for no runaway', () => {
    expect(watch([...rate(300, 5), ...rate(9, 1, 3), ...rate(300, 5)]).found).toEqual([]);
  });

  it('H75: never judges before a minute of baseline', () => {
    const early = watch([...rate(30, 5), ...rate(59, 1, 2)]);
    expect(early.found).toEqual([]);
    expect(watch([...rate(60, 5), ...rate(60, 1, 2)]).seconds).toEqual([90]);
  });

  it('H75: lets a tissue that hardly ever bursts begin to burst as cultures do', () => {
    expect(watch([...rate(600, 700), ...rate(300, 4)]).found).toEqual([]);
    expect(watch([...rate(600, 700), ...rate(60, 2)]).found.length).toBe(1);
  });

  it('H75: is not poisoned by a runaway, and takes for the new baseline what goes on for longer than it remembers', () => {
    const again = [...rate(300, 5), ...rate(300, 1), ...rate(60, 5), ...rate(60, 1)];
    expect(watch(again).seconds).toEqual([327, 687]);
    const late = [...rate(700, 5), ...rate(300, 1), ...rate(60, 5), ...rate(60, 1)];
    expect(watch(late).seconds).toEqual([727, 1087]);
    const lasting = [...rate(300, 5), ...rate(2400, 1)];
    expect(watch(lasting)).toMatchObject({ seconds: [327], isPresent: false });
  });

  it('reports once while it goes on', () => {
    const going = watch([...rate(300, 5), ...rate(200, 1)]);
    expect(going).toMatchObject({ seconds: [327], isPresent: true });
    expect(watch([...rate(300, 5), ...rate(200, 1), ...rate(30, 5)]).isPresent).toBe(false);
  });

  it.each([
    [10_000, 308],
    [19_000, 308],
    [20_000, 318],
    [1000, 308],
  ])('judges stretches of ten seconds, and rounds %d ms down to them', (burstRateMaxMilliseconds, second) => {
    expect(watch([...rate(300, 5), ...rate(60, 1)], { burstRateMaxMilliseconds }).seconds[0]).toBe(second - 1);
  });

  it.each(['burstRateMaxPermille', 'burstRateMaxMilliseconds'] as const)(
    'H75: with %s that is no number it lets nothing pass',
    (limit) => {
      expect(watch(rate(300, 5), { [limit]: NaN }).seconds).toEqual([90]);
    },
  );
});
