import { describe, expect, it } from 'vitest';
import { boundWords, findingSentence, healthMeasures, healthWords, isBeyond } from './rig-health.ts';

describe('isBeyond', () => {
  it.each([
    ['arrival-jitter', 10, 10, false],
    ['arrival-jitter', 10.01, 10, true],
    ['clock-drift', -501, 500, true],
    ['clock-drift', -500, 500, false],
    ['lease', 25, 25, false],
    ['lease', 24.9, 25, true],
    ['lost-samples', Number.NaN, 0.1, true],
    ['lease', Number.NaN, 25, true],
  ] as const)('judges %s of %d against %d', (measure, value, bound, isWrong) => {
    expect(isBeyond({ measure, value, bound })).toBe(isWrong);
  });

  it('judges a rate by its distance from what is stated, on either side', () => {
    const rate = (value: number) => isBeyond({ measure: 'sample-rate', value, bound: 30, stated: 30_000 });
    expect([29_969.9, 29_970, 30_030, 30_030.1].map(rate)).toEqual([true, false, false, true]);
    expect(isBeyond({ measure: 'sample-rate', value: 30_000, bound: 30 })).toBe(true);
  });

  it('judges nothing that is not known, and nothing that has no bound', () => {
    expect(isBeyond({ measure: 'lease', absent: 'off', bound: 25 })).toBe(false);
    expect(isBeyond({ measure: 'clock-offset', value: 1e9 })).toBe(false);
  });
});

describe('words', () => {
  it('say the value, its bound and what is wrong', () => {
    expect(findingSentence({ measure: 'arrival-jitter', value: 12.345, bound: 10 })).toBe(
      'Data come in lumps; what is too old when it comes cannot stimulate. Jitter of arrival, p99 of the last seconds: 12.3 ms, and should be at most 10 ms.',
    );
    expect(findingSentence({ measure: 'lease', value: 20, bound: 125 })).toMatch(
      /20 ms, and should be at least 125 ms/,
    );
    expect(findingSentence({ measure: 'sample-rate', value: 20_000.04, bound: 30, stated: 30_000 })).toMatch(
      /20000 Hz, and should be 30000 Hz ± 30 Hz/,
    );
    expect(boundWords({ measure: 'damaged-messages', value: 0, bound: 0 })).toBe('at most 0');
    expect(boundWords({ measure: 'clock-offset', value: 3 })).toBe('');
  });

  it('tell for every measure with a bound what it means and what to do', () => {
    for (const measure of healthMeasures) {
      const { means, toDo } = healthWords[measure];
      if (measure !== 'clock-offset') for (const words of [means, toDo]) expect(words).toMatch(/^[A-Z].*\.$/);
    }
  });
});
