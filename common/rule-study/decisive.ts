// What of a study decides its numbers, as one text whose hash names the version; seeds, gates and words may change without it.
import { canonicalJson } from '../base/canonical-json.ts';
import type { RuleDeclaration } from '../learning-rule/declaration.ts';
import type { RuleStudy } from './study.ts';

/** More seeds, other gates and better words leave finished units as they are; anything else makes other numbers. */
export function decisivePartsOf(study: RuleStudy, declarations: readonly RuleDeclaration[]): string {
  const { task, network, presentations, batchSamples, evaluateEveryPresentations, rules, controlLearningRate } = study;
  const names = new Set(rules.map(({ rule }) => rule));
  return canonicalJson({
    format: 'exocortex-rule-study-unit/1',
    task,
    network,
    presentations,
    batchSamples,
    evaluateEveryPresentations,
    rules,
    reference: study.reference,
    controlLearningRate: controlLearningRate ?? null,
    declarations: declarations.filter(({ name }) => names.has(name)),
  });
}
