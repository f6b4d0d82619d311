import { describe, expect, it } from 'vitest';
import { deepChecks } from './deep-checks.ts';

const minutesMs = 180_000;

describe('rules for multilayer networks', () => {
  it.each(deepChecks)('$id: $title', { timeout: minutesMs }, ({ measure }) => {
    const { value, passes, note } = measure();
    expect(passes, `${value} ${note ?? ''}`).toBe(true);
  });
});

describe('wrong rules for multilayer networks', () => {
  const mutants = deepChecks.flatMap(({ id, mutants: of }) => of.map((mutant) => ({ id, ...mutant })));

  it.each(mutants)('$id fails with: $name', { timeout: minutesMs }, ({ measure }) => {
    expect(measure().passes).toBe(false);
  });

  it('are there for each check, under different names', () => {
    expect(deepChecks.filter(({ mutants: of }) => of.length === 0)).toEqual([]);
    expect(new Set(deepChecks.map(({ id }) => id)).size).toBe(deepChecks.length);
  });
});
