// A new study of learning rules after an old one, and the text of its file; used by the main process.
import { stringify } from 'yaml';
import type { NewStudy } from '../../common/contract/studies.ts';
import { catalogue } from '../../common/learning-rule/catalogue/catalogue.ts';
import { controlLabel, labelOf, type RuleStudy, type StudiedRule } from '../../common/rule-study/study.ts';

/** @param baseName file that the study was made from */
export const studyText = (study: RuleStudy, baseName: string) => `# After ${baseName}.\n${stringify(study)}`;

/**
 * Rules keep what the old study sets for them; new ones are at their defaults, with the reference's learning rate where they
 * have one. What speaks of rules that are not there any more is left out.
 */
export function studyAfter(
  base: RuleStudy,
  { title, rules: names, seeds }: Omit<NewStudy, 'from' | 'name'>,
): RuleStudy {
  const { gates, published, sensitivity, reference, ...rest } = base;
  const learningRate = base.rules.find((rule) => labelOf(rule) === reference)?.parameters['learningRate'];
  const rules = names.flatMap((name) => {
    const kept = base.rules.filter(({ rule }) => rule === name);
    return kept.length > 0 ? kept : [newcomer(name, learningRate)];
  });
  const labels = rules.map(({ rule, label }) => label ?? rule);
  const isThere = ({ rule }: { rule: string }) => rule === controlLabel || labels.includes(rule);
  const keptReference = labels.includes(reference);
  const parameters = sensitivity?.parameters.filter((key) =>
    names.some((name) => Object.hasOwn(parametersOf(name), key)),
  );
  return {
    ...rest,
    title,
    seeds,
    rules,
    reference: keptReference ? reference : labels[0]!,
    // The control had the reference's learning rate; it keeps it without the reference.
    ...(keptReference || base.controlLearningRate !== undefined || learningRate === undefined
      ? {}
      : { controlLearningRate: learningRate }),
    ...(sensitivity === undefined || parameters === undefined || parameters.length === 0
      ? {}
      : { sensitivity: { ...sensitivity, parameters } }),
    gates: gates.filter((gate) => isThere(gate) && (keptReference || !comparesWithReference(gate.kind))),
    published: published.filter(isThere),
  };
}

const comparesWithReference = (kind: RuleStudy['gates'][number]['kind']) =>
  kind === 'times-reference' || kind === 'points-of-reference';

const parametersOf = (rule: string) => catalogue.find(({ name }) => name === rule)?.parameters ?? {};

function newcomer(rule: string, learningRate: number | undefined): StudiedRule {
  const declared = parametersOf(rule)['learningRate'];
  const isTaken =
    declared !== undefined &&
    learningRate !== undefined &&
    learningRate >= declared.min &&
    learningRate <= declared.max;
  return { rule, parameters: isTaken ? { learningRate } : {} };
}
