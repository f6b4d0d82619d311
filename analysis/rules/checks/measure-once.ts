// Measures one check once, on the program's own implementation or on one mutant; worker threads.
import { RuleError } from '../../../common/learning-rule/parsed-rule.ts';
import type { Measurement, RuleCheck } from './check.ts';

export interface MeasuredOnce {
  readonly check: string;
  /** Undefined: the program's own implementation. */
  readonly mutant?: string | undefined;
  /** Null for what is not a finite number. */
  readonly value: number | null;
  readonly passes: boolean;
  readonly note?: string | undefined;
  readonly seconds: number;
}

/** @param now in ms. @throws RangeError for a check or mutant that is not there; an error of the measurement does not pass. */
export function measureOnce(
  checks: readonly RuleCheck[],
  { check: id, mutant: name }: { readonly check: string; readonly mutant?: string | undefined },
  now: () => number,
): MeasuredOnce {
  const check = checks.find((each) => each.id === id);
  const subject = name === undefined ? check : check?.mutants.find((each) => each.name === name);
  if (subject === undefined) throw new RangeError(`There is no check '${id}' with '${name ?? 'the implementation'}'`);
  const startedMs = now();
  let measured: Measurement;
  try {
    measured = subject.measure();
  } catch (error) {
    measured = {
      value: NaN,
      // A mutant whose equations are none is no plausible mistake: it counts as one that lives.
      passes: name !== undefined && error instanceof RuleError,
      note: `stopped with: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  const { value, passes, note } = measured;
  return {
    check: id,
    mutant: name,
    value: Number.isFinite(value) ? value : null,
    passes,
    note,
    seconds: (now() - startedMs) / 1000,
  };
}
