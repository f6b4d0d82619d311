// That each rule is right. That each check catches its mutants is measured by `exocortex rules check`.
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../common/learning-rule/catalogue/catalogue.ts';
import { allChecks } from './all-checks.ts';

const quick = allChecks.filter(({ isLong = false }) => !isLong);

describe('learning rules', () => {
  it.each(quick)('$id: $title', { timeout: 120_000 }, ({ measure }) => {
    const { value, passes, note } = measure();
    expect(passes, `${value} ${note ?? ''}`).toBe(true);
  });
});

describe('the checks of learning rules', () => {
  it('have names of their own, and each at least one mistake that it must catch', () => {
    expect(new Set(allChecks.map(({ id }) => id)).size).toBe(allChecks.length);
    expect(allChecks.filter(({ mutants }) => mutants.length === 0)).toEqual([]);
  });

  it('speak of every rule of the catalogue, and of no other', () => {
    const names = catalogue.map(({ name }) => name).sort();
    for (const checks of [allChecks, quick])
      expect([...new Set(checks.flatMap(({ rules }) => rules))].sort()).toEqual(names);
  });
});
