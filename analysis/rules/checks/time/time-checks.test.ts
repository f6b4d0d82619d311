import { describe, expect, it } from 'vitest';
import { timeRules } from '../../../../common/learning-rule/catalogue/time-rules.ts';
import { timeChecks } from './time-checks.ts';

describe('a check of rules in time', () => {
  it.each(timeChecks)('$id: $title', ({ measure }) => {
    expect(measure()).toMatchObject({ passes: true });
  });

  const mutants = timeChecks.flatMap(({ id, mutants: all }) => all.map((mutant) => ({ id, ...mutant })));
  it.each(mutants)('$id catches: $name', ({ measure }) => {
    expect(measure()).toMatchObject({ passes: false });
  });

  it('has at least one mutant, and a name of its own', () => {
    expect(timeChecks.filter(({ mutants: all }) => all.length === 0)).toEqual([]);
    expect(new Set(timeChecks.map(({ id }) => id)).size).toBe(timeChecks.length);
  });

  it.each(timeRules)('speaks of $name', ({ name }) => {
    expect(timeChecks.some(({ rules }) => rules.includes(name))).toBe(true);
  });
});
