// Checks a study's rules, parameters and expectations against the catalogue of learning rules; used by the main process.
import type { RuleDeclaration, RuleParameter } from '../../common/learning-rule/declaration.ts';
import { quantity } from '../../common/experiment/quantity.ts';
import { controlLabel, labelOf, type RuleStudy } from '../../common/rule-study/study.ts';
import { temporalTasks } from '../../common/rule-study/task.ts';
import { explainUnknownKey } from './explain-unknown-key.ts';
import { explainValue } from './explain-value.ts';
import { checkReference, type FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';
import type { Path } from './source-tree.ts';
import { rangeOf } from './wording.ts';
import { z } from 'zod';

type Study = FileContent<RuleStudy>;

/** @param catalogue every rule that there is */
export function checkRuleStudy(study: Study, catalogue: readonly RuleDeclaration[], problems: ProblemList): void {
  const { value } = study;
  const names = catalogue.map(({ name }) => name);
  for (const [index, entry] of (value.rules ?? []).entries()) {
    const path = ['rules', index];
    checkReference(study, [...path, 'rule'], entry?.rule, names, 'learning rule', problems);
    const declaration = catalogue.find(({ name }) => name === entry?.rule);
    if (declaration !== undefined)
      checkParameters(study, [...path, 'parameters'], declaration, entry?.parameters, problems);
  }
  checkLabels(study, problems);
  checkSensitivity(study, catalogue, problems);
  checkIntervals(study, problems);
  checkBounds(study, problems);
  checkNetwork(study, problems);
}

/** A parameter as a form and a message know it. */
const quantityOfParameter = ({ label, unit, min, max, note }: RuleParameter) =>
  quantity({ label, unit, min, max, step: 0, ...(note === undefined ? {} : { note }) });

function checkParameters(
  { tree }: Study,
  path: Path,
  declaration: RuleDeclaration,
  given: Readonly<Record<string, number | undefined>> | undefined,
  problems: ProblemList,
): void {
  const shape = Object.fromEntries(
    Object.entries(declaration.parameters).map(([key, parameter]) => [key, quantityOfParameter(parameter)]),
  );
  const absent = new Map<string, z.ZodType>(Object.entries(shape).filter(([key]) => given?.[key] === undefined));
  for (const [key, value] of Object.entries(given ?? {})) {
    const schema = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (schema === undefined) {
      const { complaint } = explainUnknownKey(key, value, absent, Object.keys(shape), z.strictObject(shape));
      problems.error(tree.placeAtKey([...path, key]), ...complaint);
    } else if (value !== undefined) {
      const complaint = explainValue(key, value, schema);
      if (complaint !== undefined) problems.error(tree.placeAt([...path, key]), ...complaint);
    }
  }
}

/** What rules are called in results: by each name one, and none like the control. */
function checkLabels({ value, tree }: Study, problems: ProblemList): void {
  const seen = new Set<string>([controlLabel]);
  for (const [index, entry] of (value.rules ?? []).entries()) {
    const label = entry === undefined ? undefined : labelOf(entry);
    if (label === undefined) continue;
    if (seen.has(label)) {
      problems.error(
        tree.placeAt(['rules', index, entry?.label === undefined ? 'rule' : 'label']),
        label === controlLabel
          ? `${label} is the control, which always runs along`
          : `A second rule is called ${label}`,
        label === controlLabel ? 'Remove it, or give it another label' : 'Give this rule a label of its own',
      );
    }
    seen.add(label);
  }
  const labels = [...seen].filter((label) => label !== controlLabel);
  const study = { value, tree };
  checkReference(study, ['reference'], value.reference, labels, 'rule', problems);
  for (const list of ['gates', 'published'] as const) {
    for (const [index, entry] of (value[list] ?? []).entries())
      checkReference(study, [list, index, 'rule'], entry?.rule, [...labels, controlLabel], 'rule', problems);
  }
}

function checkSensitivity({ value, tree }: Study, catalogue: readonly RuleDeclaration[], problems: ProblemList): void {
  const studied = (value.rules ?? []).flatMap((entry) => {
    const declaration = catalogue.find(({ name }) => name === entry?.rule);
    return declaration === undefined ? [] : [{ declaration, given: entry?.parameters ?? {} }];
  });
  for (const [index, key] of (value.sensitivity?.parameters ?? []).entries()) {
    const having = studied.filter(({ declaration }) => key !== undefined && Object.hasOwn(declaration.parameters, key));
    const path = ['sensitivity', 'parameters', index];
    if (key !== undefined && having.length === 0 && studied.length > 0) {
      const known = [...new Set(studied.flatMap(({ declaration }) => Object.keys(declaration.parameters)))];
      checkReference({ tree, value }, path, key, known, 'parameter', problems);
    }
    for (const { declaration, given } of having) {
      const parameter = declaration.parameters[key!]!;
      const values = (value.sensitivity?.factors ?? []).map(
        (factor) => (factor ?? 1) * (given[key!] ?? parameter.default),
      );
      const outside = values.find((each) => each < parameter.min || each > parameter.max);
      if (outside === undefined) continue;
      problems.error(
        tree.placeAt(path),
        `With its factors ${key!} of ${declaration.name} becomes ${outside}, outside of ${rangeOf({ ...parameter, step: 0 })}`,
        'Choose other factors',
      );
    }
  }
}

function checkIntervals({ value, tree }: Study, problems: ProblemList): void {
  const { presentations, evaluateEveryPresentations: every } = value;
  if (presentations !== undefined && every !== undefined && every > presentations) {
    problems.error(
      tree.placeAt(['evaluateEveryPresentations']),
      `The study ends after ${presentations} presentations, before the first evaluation after ${every}`,
      `Choose evaluateEveryPresentations up to ${presentations}`,
    );
  }
}

/** Expectations of angles name layers that there are. */
function checkBounds({ value, tree }: Study, problems: ProblemList): void {
  const hidden = value.network?.hiddenNeurons;
  if (hidden === undefined) return;
  for (const [index, gate] of (value.gates ?? []).entries()) {
    if (gate?.kind !== 'angle-at-most' || gate.layer === undefined || gate.layer <= hidden.length + 1) continue;
    problems.error(
      tree.placeAt(['gates', index, 'layer']),
      `There is no layer ${gate.layer}: the network has ${hidden.length + 1}, the output among them`,
      `Choose layer from 1 to ${hidden.length + 1}`,
    );
  }
}

/** Tasks in time are for one layer of spiking neurons, others for layers of rates. */
function checkNetwork({ value, tree }: Study, problems: ProblemList): void {
  const [task, kind] = [value.task?.kind, value.network?.kind];
  if (task === undefined || kind === undefined) return;
  const isInTime = temporalTasks.some(({ shape }) => shape.kind.value === task);
  const wanted = isInTime ? 'recurrent-spiking' : 'multilayer';
  if (kind !== wanted) {
    problems.error(
      tree.placeAt(['network', 'kind']),
      `The task ${task} is not learned by a network of kind ${kind}`,
      `Choose kind: ${wanted}`,
    );
  } else if (isInTime && (value.network?.hiddenNeurons?.length ?? 1) !== 1) {
    problems.error(
      tree.placeAt(['network', 'hiddenNeurons']),
      'A recurrent network has one layer of neurons',
      'Give one number',
    );
  }
}
