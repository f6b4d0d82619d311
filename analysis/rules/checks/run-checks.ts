// Measures all checks and all their mutants on several workers, and says which fail and which live; analysis process.
import type { RuleCheckReport } from '../../../common/rule-study/check-report.ts';
import { AnalysisFailure } from '../../failure.ts';
import type { JobOptions } from '../../progress.ts';
import { type Worker, workThrough } from '../crew/crew.ts';
import type { RuleCheck } from './check.ts';
import type { MeasuredOnce } from './measure-once.ts';

export interface CheckPiece {
  readonly check: string;
  /** Undefined: the program's own implementation. */
  readonly mutant?: string | undefined;
}

export interface RunChecksOptions extends JobOptions {
  readonly checks: readonly RuleCheck[];
  /** Ids of checks, or names of rules whose checks are wanted; empty: all. */
  readonly only: readonly string[];
  readonly workers: number;
  startWorker(): Worker<CheckPiece, MeasuredOnce>;
  /** In ms, of any beginning. */
  now(): number;
}

/** @throws AnalysisFailure for an id that is not there, and the signal's reason when it aborts. */
export async function runChecks(options: RunChecksOptions): Promise<RuleCheckReport> {
  const startedMs = options.now();
  const chosen = choose(options.checks, options.only);
  const pieces = chosen.flatMap(({ id, mutants }): CheckPiece[] => [
    { check: id },
    ...mutants.map(({ name }) => ({ check: id, mutant: name })),
  ]);
  const measured = new Map<string, MeasuredOnce>();
  const keyOf = ({ check, mutant }: CheckPiece) => JSON.stringify([check, mutant]);
  await workThrough(pieces, {
    workers: options.workers,
    startWorker: options.startWorker,
    onProgress: (fraction) => options.onProgress?.(fraction, `${measured.size} of ${pieces.length} measured`),
    onResult: (result, piece) => void measured.set(keyOf(piece), result),
    signal: options.signal,
  });
  const of = (check: string, mutant?: string) => measured.get(keyOf({ check, mutant }))!;
  return report(chosen, of, (options.now() - startedMs) / 1000);
}

function choose(checks: readonly RuleCheck[], only: readonly string[]): readonly RuleCheck[] {
  for (const word of only) {
    if (!checks.some(({ id, rules }) => id === word || rules.includes(word))) {
      throw new AnalysisFailure(
        `There is no check '${word}', and no check of a rule of that name.`,
        `The checks are ${checks.map(({ id }) => id).join(', ')}.`,
      );
    }
  }
  return checks.filter(
    ({ id, rules }) => only.length === 0 || only.includes(id) || rules.some((rule) => only.includes(rule)),
  );
}

function report(
  checks: readonly RuleCheck[],
  of: (check: string, mutant?: string) => MeasuredOnce,
  seconds: number,
): RuleCheckReport {
  const reports = checks.map(({ id, title, rules, source, gate, mutants }) => {
    const own = of(id);
    return {
      id,
      title,
      rules,
      source,
      gate,
      value: own.value,
      passed: own.passes,
      ...(own.note === undefined ? {} : { note: own.note }),
      seconds: own.seconds,
      mutants: mutants.map(({ name }) => {
        const { value, passes, note, seconds: took } = of(id, name);
        return { name, value, killed: !passes, ...(note === undefined ? {} : { note }), seconds: took };
      }),
    };
  });
  const mutants = reports.flatMap((each) => each.mutants);
  return {
    tests: reports.length,
    passed: reports.filter(({ passed }) => passed).length,
    mutants: mutants.length,
    killed: mutants.filter(({ killed }) => killed).length,
    rules: new Set(reports.flatMap(({ rules }) => rules)).size,
    seconds,
    checks: reports,
  };
}
