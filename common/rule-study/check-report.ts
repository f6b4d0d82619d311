// What `exocortex rules check` found: each check of a learning rule with its mutants.

export interface MutantReport {
  readonly name: string;
  /** Null for what is not a finite number. */
  readonly value: number | null;
  /** A mutant is killed when it fails the check, or cannot even be measured. */
  readonly killed: boolean;
  readonly note?: string;
  readonly seconds: number;
}

export interface CheckReport {
  readonly id: string;
  readonly title: string;
  readonly rules: readonly string[];
  readonly source: string;
  readonly gate: string;
  readonly value: number | null;
  readonly passed: boolean;
  readonly note?: string;
  readonly seconds: number;
  readonly mutants: readonly MutantReport[];
}

/** What `--json` prints. */
export interface RuleCheckReport {
  readonly tests: number;
  readonly passed: number;
  readonly mutants: number;
  readonly killed: number;
  /** How many rules the checks speak of. */
  readonly rules: number;
  /** From start to end, on all cores. */
  readonly seconds: number;
  readonly checks: readonly CheckReport[];
}

/** Which kinds of tasks can be learned by a rule, and which checks speak of it. */
export interface RulePlaces {
  readonly rule: string;
  readonly tasks: readonly string[];
  /** By task, the keys of parameters that do nothing there: something of the task's network stands for them. Without tasks that read all. */
  readonly unread?: Readonly<Record<string, readonly string[]>>;
  readonly checks: readonly string[];
}
