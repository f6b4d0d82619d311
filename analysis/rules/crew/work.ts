// The work that the analysis program hands to its worker threads, as plain data, and how a piece of it is done; worker threads.
import type { RuleStudy } from '../../../common/rule-study/study.ts';
import type { StudyUnit } from '../../../common/rule-study/unit-result.ts';
import { allChecks } from '../checks/all-checks.ts';
import { measureOnce, type MeasuredOnce } from '../checks/measure-once.ts';
import { runUnit } from '../study/run-unit.ts';
import type { UnitFindings } from '../study/study-kind.ts';
import { studyKinds } from '../study/study-kinds.ts';

export type RuleWork =
  | {
      readonly kind: 'check';
      readonly check: string;
      /** Undefined: the program's own implementation. */ readonly mutant?: string | undefined;
    }
  | { readonly kind: 'unit'; readonly study: RuleStudy; readonly unit: StudyUnit };

export type RuleWorkResult =
  | { readonly kind: 'check'; readonly measured: MeasuredOnce }
  | { readonly kind: 'unit'; readonly findings: UnitFindings };

/** Blocks until it is done. */
export function doRuleWork(work: RuleWork, onProgress: (fraction: number) => void): RuleWorkResult {
  const now = () => performance.now();
  switch (work.kind) {
    case 'check':
      return { kind: 'check', measured: measureOnce(allChecks, work, now) };
    case 'unit':
      return { kind: 'unit', findings: runUnit(work.study, work.unit, { kinds: studyKinds, onProgress, now }) };
  }
}
