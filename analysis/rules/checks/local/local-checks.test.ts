import { describe, expect, it } from 'vitest';
import { localChecks } from './local-checks.ts';

describe.each(localChecks)('$id: $title', (check) => {
  it(`holds: ${check.gate}`, () => {
    expect(check.measure()).toMatchObject({ passes: true });
  });

  it.each(check.mutants)('fails for a mistake: $name', (mutant) => {
    expect(mutant.measure()).toMatchObject({ passes: false });
  });
});
