// The units of a study in the order in which they are run, and the file that each is saved in; analysis process.
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import type { RuleSettings } from '../../../common/rule-study/rule-settings.ts';
import { controlLabel, labelOf, type RuleStudy } from '../../../common/rule-study/study.ts';
import type { StudyUnit } from '../../../common/rule-study/unit-result.ts';
import { readParameters, type StudyKind } from './study-kind.ts';

/** A rule of the study as it is run, the control among them. */
export interface UnitRule {
  readonly label: string;
  readonly declaration: RuleDeclaration;
  /** The parameters that are read, by their keys, those that the study leaves out at their defaults. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly settings: RuleSettings;
}

/** @returns the study's rules and the control, which comes last. @throws RangeError for a rule that the kind does not know. */
export function rulesOf(study: RuleStudy, kind: StudyKind): UnitRule[] {
  const studied = study.rules.map((entry): UnitRule => {
    const declaration = kind.rules.find(({ name }) => name === entry.rule);
    if (declaration === undefined) throw new RangeError(`'${entry.rule}' cannot learn the task '${study.task.kind}'`);
    const { feedback, rewardBaseline } = entry;
    const parameters = withDefaults(readParameters(kind, declaration, study.task.kind), entry.parameters);
    return { label: labelOf(entry)!, declaration, parameters, settings: { feedback, rewardBaseline } };
  });
  const reference = studied.find(({ label }) => label === study.reference);
  const rate = study.controlLearningRate ?? reference?.parameters['learningRate'];
  const given: Record<string, number> = rate === undefined ? {} : { learningRate: rate };
  return [
    ...studied,
    {
      label: controlLabel,
      declaration: kind.control,
      parameters: withDefaults(readParameters(kind, kind.control, study.task.kind), given),
      settings: {},
    },
  ];
}

const withDefaults = (standards: Readonly<Record<string, number>>, given: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(standards).map(([key, standard]) => [key, given[key] ?? standard]));

/** Settings whose parameter a rule does not have are left out. Every seed comes for all rules before the next seed. */
export function unitsOf(study: RuleStudy, rules: readonly UnitRule[]): StudyUnit[] {
  const units: StudyUnit[] = [];
  for (let seed = 1; seed <= study.seeds; seed++) units.push(...rules.map(({ label }) => ({ label, seed })));
  const { sensitivity } = study;
  if (sensitivity === undefined) return units;
  for (const parameter of sensitivity.parameters) {
    for (const factor of sensitivity.factors) {
      for (let seed = 1; seed <= Math.min(sensitivity.seeds, study.seeds); seed++) {
        for (const { label, parameters } of rules)
          if (Object.hasOwn(parameters, parameter)) units.push({ label, seed, setting: { parameter, factor } });
      }
    }
  }
  return units;
}

/** A name that every file system takes and that says which unit it is. */
export function fileOf({ label, seed, setting }: StudyUnit): string {
  return `${label}.seed-${seed}${setting === undefined ? '' : `.${setting.parameter}-x${setting.factor}`}.json`;
}

export function parametersOf({ parameters }: UnitRule, { setting }: StudyUnit): Readonly<Record<string, number>> {
  if (setting === undefined) return parameters;
  return { ...parameters, [setting.parameter]: parameters[setting.parameter]! * setting.factor };
}
