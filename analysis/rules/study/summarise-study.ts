// Puts the units of a study together: means over seeds, intervals, sensitivities and gates; analysis process.
import { localityOf } from '../../../common/learning-rule/locality.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import type { DelayResult, MeanPoint, RuleResult, StudyResults } from '../../../common/rule-study/study-results.ts';
import { controlLabel, type RuleStudy } from '../../../common/rule-study/study.ts';
import type { UnitResult } from '../../../common/rule-study/unit-result.ts';
import { checkGate } from './check-gate.ts';
import { confidenceInterval, spreadOf } from './statistics.ts';
import type { StudyKind } from './study-kind.ts';
import { rulesOf, type UnitRule } from './units.ts';

/**
 * @param units in any order. @param hash of what decides the study's numbers
 * @param unitsMissing of all rules, seeds and settings: without them nothing is said of expectations
 */
export function summariseStudy(
  study: RuleStudy,
  hash: string,
  kind: StudyKind,
  units: readonly UnitResult[],
  unitsMissing = 0,
): StudyResults {
  const rules = rulesOf(study, kind).map((rule) => summariseRule(study, rule, units));
  const score = kind.scoreOf(study);
  return {
    format: 'exocortex-rule-study-results/1',
    title: study.title,
    description: study.description,
    study: hash,
    task: study.task,
    layers: kind.layersOf(study),
    presentations: study.presentations,
    batchSamples: study.batchSamples,
    score,
    reference: study.reference,
    rules,
    gates: unitsMissing > 0 ? [] : study.gates.map((gate) => checkGate(gate, rules, study.reference, score)),
    ...(unitsMissing > 0 ? { unitsMissing } : {}),
  };
}

function summariseRule(
  study: RuleStudy,
  { label, declaration, parameters }: UnitRule,
  units: readonly UnitResult[],
): RuleResult {
  const own = units.filter((unit) => unit.label === label).sort((a, b) => a.seed - b.seed);
  const main = own.filter(({ setting }) => setting === undefined);
  const scores = main.map(({ score }) => score);
  const divergences = main.flatMap(({ seed, diverged }) => (diverged === undefined ? [] : [{ seed, ...diverged }]));
  const sensitivity = (study.sensitivity?.parameters ?? [])
    .filter((parameter) => Object.hasOwn(parameters, parameter))
    .flatMap((parameter) =>
      (study.sensitivity?.factors ?? []).map((factor) => {
        const settled = own
          .filter(({ setting }) => setting?.parameter === parameter && setting.factor === factor)
          .map(({ score }) => score);
        return {
          parameter,
          factor,
          value: parameters[parameter]! * factor,
          seeds: settled.length,
          diverged: settled.filter((each) => each === null).length,
          score: spreadOf(settled),
        };
      }),
    );
  return {
    label,
    rule: declaration.name,
    title: declaration.title,
    locality: localityOf(declaration),
    parameters,
    wordsPerSynapse: label === controlLabel ? 0 : wordsPerSynapse(declaration),
    synapses: main[0]?.synapses ?? 0,
    seeds: main.length,
    diverged: scores.filter((score) => score === null).length,
    ...(divergences.length === 0 ? {} : { divergences }),
    scores,
    score: spreadOf(scores),
    interval: confidenceInterval(scores),
    curve: meanCurve(main),
    ...(main[0]?.delays === undefined ? {} : { delays: meanDelays(main) }),
    sensitivity,
    published: study.published.filter(({ rule }) => rule === label).map(({ value, source }) => ({ value, source })),
  };
}

/** A connection of its own carries a weight, as the synapse's variables do. */
export function wordsPerSynapse({ synapse, thirdFactors }: RuleDeclaration): number {
  const pathways = Object.values(thirdFactors).filter(({ pathway }) => pathway === 'separate');
  return Object.keys(synapse).length + Math.min(1, pathways.length);
}

/** A seed that stopped learning before the others stays where it was; one that diverged is left out from there on. */
function meanCurve(units: readonly UnitResult[]): MeanPoint[] {
  const [longest] = [...units].sort((a, b) => b.curve.length - a.curve.length);
  return (longest?.curve ?? []).map(({ presentations, anglesDegrees }, index) => {
    const points = units.map(
      ({ curve, diverged }) => curve[index] ?? (diverged === undefined ? curve.at(-1) : undefined),
    );
    return {
      presentations,
      loss: spreadOf(points.map((point) => point?.loss)),
      score: spreadOf(points.map((point) => point?.score)),
      anglesDegrees: anglesDegrees.map((_, layer) => spreadOf(points.map((point) => point?.anglesDegrees[layer]))),
    };
  });
}

function meanDelays(units: readonly UnitResult[]): DelayResult[] {
  return (units[0]?.delays ?? []).map(({ delayMilliseconds, predicted }, index) => ({
    delayMilliseconds,
    score: spreadOf(units.map(({ delays }) => delays?.[index]?.score)),
    credit: spreadOf(units.map(({ delays }) => delays?.[index]?.credit)),
    predicted,
  }));
}
