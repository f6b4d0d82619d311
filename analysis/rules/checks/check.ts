// A check of a learning rule: what is measured, what it must be, and the wrong implementations that it must catch; analysis process.

export interface Measurement {
  /** What was measured, in the words of the check. */
  readonly value: number;
  readonly passes: boolean;
  /** Further figures, for the report. */
  readonly note?: string;
}

/** Whether a measured number is what it must be; NaN never is. */
export const below = (value: number, bound: number, note?: string): Measurement => ({
  value,
  passes: value < bound,
  ...(note === undefined ? {} : { note }),
});
export const near = (value: number, wanted: number, tolerance: number, note?: string): Measurement => ({
  value,
  passes: Math.abs(value - wanted) <= tolerance,
  ...(note === undefined ? {} : { note }),
});

export interface RuleCheck {
  /** Unique, in words with hyphens: 'e-prop-equals-bptt'. */
  readonly id: string;
  /** Names of the catalogue's rules that it speaks of. */
  readonly rules: readonly string[];
  /** A sentence of what is true of the right implementation. */
  readonly title: string;
  /** Author, year, equation. */
  readonly source: string;
  /** What is measured and the tolerance: 'angle in degrees < 5'. */
  readonly gate: string;
  /** Takes seconds to minutes, with whole runs of learning: measured by `exocortex rules check` alone. */
  readonly isLong?: boolean;
  /** Measures the program's own implementation. */
  measure(): Measurement;
  /** Plausible mistakes, each of which must fail. */
  readonly mutants: readonly RuleMutant[];
}

export interface RuleMutant {
  /** The mistake in words: 'trace read after its own increment'. */
  readonly name: string;
  measure(): Measurement;
}

/**
 * @template I what is checked: a rule's declaration, or an object of the functions that it is made of
 * @param subject the program's own
 * @param mutants the same with one thing wrong
 */
export function ruleCheck<I>(
  check: Omit<RuleCheck, 'measure' | 'mutants'> & {
    subject: I;
    mutants: Readonly<Record<string, I>>;
    measure(subject: I): Measurement;
  },
): RuleCheck {
  const { subject, mutants, measure, ...about } = check;
  return {
    ...about,
    measure: () => measure(subject),
    mutants: Object.entries(mutants).map(([name, wrong]) => ({ name, measure: () => measure(wrong) })),
  };
}
