// Runs one unit of a study: finds its kind, its rule and its parameters; worker threads.
import type { RuleStudy } from '../../../common/rule-study/study.ts';
import type { StudyUnit } from '../../../common/rule-study/unit-result.ts';
import { settled } from './divergence.ts';
import type { StudyKind, UnitFindings, UnitRun } from './study-kind.ts';
import { kindOf } from './study-kinds.ts';
import { parametersOf, rulesOf } from './units.ts';

/** @throws RangeError for a unit whose rule the study does not have. */
export function runUnit(
  study: RuleStudy,
  unit: StudyUnit,
  { kinds, ...more }: { readonly kinds: readonly StudyKind[] } & Pick<UnitRun, 'onProgress' | 'now'>,
): UnitFindings {
  const kind = kindOf(study, kinds);
  const rule = rulesOf(study, kind).find(({ label }) => label === unit.label);
  if (rule === undefined) throw new RangeError(`The study has no rule '${unit.label}'`);
  const findings = kind.run({
    study,
    unit,
    rule: rule.declaration.name,
    parameters: parametersOf(rule, unit),
    settings: rule.settings,
    ...more,
  });
  return settled(findings);
}
