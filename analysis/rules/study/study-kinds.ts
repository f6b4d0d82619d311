// Every kind of study, and which one a study is; analysis process.
import type { RuleStudy } from '../../../common/rule-study/study.ts';
import { AnalysisFailure } from '../../failure.ts';
import { readoutOnly } from '../deep/readout-only.ts';
import { deepRules } from './deep-rules.ts';
import { rulesFor, type StudyKind } from './study-kind.ts';
import { controlKind } from './control-kind.ts';
import { rewardKind } from './reward-kind.ts';
import { temporalKind } from './temporal-kind.ts';
import { supervisedKind } from './supervised-kind.ts';

export const studyKinds: readonly StudyKind[] = [
  supervisedKind(deepRules, readoutOnly),
  temporalKind,
  rewardKind,
  controlKind,
];

/** @throws AnalysisFailure for a task that no kind takes and for a rule that cannot learn it. */
export function kindOf({ task, rules }: RuleStudy, kinds: readonly StudyKind[]): StudyKind {
  const kind = kinds.find(({ tasks }) => tasks.includes(task.kind));
  if (kind === undefined)
    throw new AnalysisFailure(`Nothing here runs the task '${task.kind}'.`, 'Choose another task.');
  const able = rulesFor(kind, task.kind).map(({ name }) => name);
  for (const { rule } of rules) {
    if (!able.includes(rule)) {
      throw new AnalysisFailure(
        `The rule '${rule}' cannot learn the task '${task.kind}'.`,
        `Choose among ${able.join(', ')}.`,
      );
    }
  }
  return kind;
}
