import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../common/learning-rule/catalogue/catalogue.ts';
import { phaseRules } from '../../phases/phase-rules.ts';
import { phasesChecks } from './phases-checks.ts';

describe('rules with phases, predictions and second compartments', () => {
  it.each(phasesChecks.map((check) => [check.id, check] as const))('%s passes', (_, check) => {
    expect(check.measure()).toMatchObject({ passes: true });
  });

  it.each(phasesChecks.flatMap((check) => check.mutants.map((mutant) => [check.id, mutant.name, mutant] as const)))(
    '%s catches: %s',
    (_id, _name, mutant) => {
      expect(mutant.measure()).toMatchObject({ passes: false });
    },
  );

  it('have checks of their own, each with a mistake that it catches', () => {
    const checked = new Set(phasesChecks.flatMap(({ rules }) => rules));
    expect(phaseRules.map(({ declaration }) => declaration.name).filter((name) => !checked.has(name))).toEqual([]);
    expect(phasesChecks.filter(({ mutants }) => mutants.length === 0)).toEqual([]);
    expect(new Set(phasesChecks.map(({ id }) => id)).size).toBe(phasesChecks.length);
    const names = new Set(catalogue.map(({ name }) => name));
    expect([...checked].filter((name) => !names.has(name))).toEqual([]);
  });
});
