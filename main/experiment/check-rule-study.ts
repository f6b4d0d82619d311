// Checks a study's rules, parameters and expectations against the catalogue of learning rules; used by the main process.
import type { RuleDeclaration, RuleParameter } from '../../common/learning-rule/declaration.ts';
import { quantity } from '../../common/experiment/quantity.ts';
import { controlLabel, labelOf, type RuleStudy } from '../../common/rule-study/study.ts';
import { rewardSymbolOf, takesFeedback } from '../../common/rule-study/rule-settings.ts';
import { creditStepMilliseconds } from '../../common/rule-study/time-task.ts';
import { networkOf } from '../../common/rule-study/task.ts';
import { usualValue } from '../../common/rule-study/usual-value.ts';
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
  checkSettings(study, catalogue, problems);
  checkTrials(study, problems);
  checkDelayBounds(study, problems);
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
  const task = value.task?.kind;
  for (const [index, key] of (value.sensitivity?.parameters ?? []).entries()) {
    const having = studied.filter(({ declaration }) => key !== undefined && Object.hasOwn(declaration.parameters, key));
    const path = ['sensitivity', 'parameters', index];
    if (key !== undefined && having.length === 0 && studied.length > 0) {
      const known = [...new Set(studied.flatMap(({ declaration }) => Object.keys(declaration.parameters)))];
      checkReference({ tree, value }, path, key, known, 'parameter', problems);
    }
    for (const { declaration, given } of having) {
      const parameter = declaration.parameters[key!]!;
      const usual = task === undefined ? parameter.default : usualValue(declaration, key!, task);
      const values = (value.sensitivity?.factors ?? []).map((factor) => (factor ?? 1) * (given[key!] ?? usual));
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

/** Expectations over delays are of tasks that have several, and lie within them. */
function checkDelayBounds({ value, tree }: Study, problems: ProblemList): void {
  const { task } = value;
  if (task?.kind === undefined) return;
  const delays = 'delaysMilliseconds' in task ? task.delaysMilliseconds : undefined;
  const longest = Math.max(...(delays ?? []).map((delay) => delay ?? 0));
  for (const [index, gate] of (value.gates ?? []).entries()) {
    if (gate?.kind !== 'holds-over-delay' && gate?.kind !== 'follows-prediction') continue;
    if (!('delaysMilliseconds' in task))
      problems.error(
        tree.placeAt(['gates', index, 'kind']),
        `The task ${task.kind} has no delays that ${gate.kind} could be about`,
        'Choose another kind of bound',
      );
    else if (gate.kind === 'holds-over-delay' && (gate.milliseconds ?? 0) > longest)
      problems.error(
        tree.placeAt(['gates', index, 'milliseconds']),
        `The longest delay of the task is ${longest} ms`,
        `Choose milliseconds up to ${longest}, or add a delay`,
      );
  }
}

/** Each task is learned by one kind of network; all but multilayer ones have one layer of neurons. */
function checkNetwork({ value, tree }: Study, problems: ProblemList): void {
  const [task, kind] = [value.task?.kind, value.network?.kind];
  if (task === undefined || kind === undefined) return;
  const wanted = networkOf(task);
  if (kind !== wanted) {
    problems.error(
      tree.placeAt(['network', 'kind']),
      `The task ${task} is not learned by a network of kind ${kind}`,
      `Choose kind: ${wanted}`,
    );
  } else if (wanted !== 'multilayer' && (value.network?.hiddenNeurons?.length ?? 1) !== 1) {
    problems.error(
      tree.placeAt(['network', 'hiddenNeurons']),
      `A network of kind ${wanted} has one layer of neurons`,
      'Give one number',
    );
  }
}

/** What is set of a rule beside its parameters must be something that the rule is told. */
function checkSettings({ value, tree }: Study, catalogue: readonly RuleDeclaration[], problems: ProblemList): void {
  const task = value.task?.kind;
  for (const [index, entry] of (value.rules ?? []).entries()) {
    const declaration = catalogue.find(({ name }) => name === entry?.rule);
    if (entry === undefined || declaration === undefined) continue;
    const complain = (key: 'feedback' | 'rewardBaseline', what: string) => {
      problems.error(tree.placeAtKey(['rules', index, key]), what, `Remove ${key}`);
    };
    if (entry.feedback !== undefined) {
      if (task !== undefined && networkOf(task) === 'multilayer')
        complain('feedback', `On the task ${task} the way of errors belongs to the rule ${declaration.name} itself`);
      else if (!takesFeedback(declaration))
        complain('feedback', `${declaration.name} is not told an error over connections that could be chosen`);
    }
    if (entry.rewardBaseline !== undefined && rewardSymbolOf(declaration) === undefined)
      complain('rewardBaseline', `${declaration.name} is not told a reward`);
  }
}

/** Neurons are shared out among actions, and scores are of whole windows of trials. */
function checkActor({ value, tree }: Study, problems: ProblemList): void {
  const { task, presentations, evaluateEveryPresentations: window } = value;
  const neurons = value.network?.hiddenNeurons?.[0];
  const actions = task?.kind === 'bandit' ? (task.rewardProbabilities?.length ?? 2) : 2;
  if (neurons !== undefined && neurons % actions !== 0)
    problems.error(
      tree.placeAt(['network', 'hiddenNeurons', 0]),
      `${neurons} neurons cannot be shared out among ${actions} actions`,
      `Choose a multiple of ${actions}`,
    );
  if (presentations !== undefined && window !== undefined && presentations > window && presentations % window !== 0)
    problems.error(
      tree.placeAt(['evaluateEveryPresentations']),
      `${presentations} presentations are no whole number of windows of ${window}, and the score is that of the last`,
      `Choose a number that ${presentations} is a multiple of`,
    );
}

/** Tasks with several delays name them from the shortest to the longest; tasks with actions have no batches. */
function checkTrials({ value, tree }: Study, problems: ProblemList): void {
  const { task, batchSamples } = value;
  if (task?.kind === undefined) return;
  const delays = 'delaysMilliseconds' in task ? (task.delaysMilliseconds ?? []) : [];
  const late = delays.findIndex((delay, index) => index > 0 && !(delay! > delays[index - 1]!));
  if (late > 0)
    problems.error(
      tree.placeAt(['task', 'delaysMilliseconds', late]),
      `The delay of ${delays[late]} ms comes after one of ${delays[late - 1]} ms`,
      'List delays from the shortest to the longest, each once',
    );
  if (task.kind === 'temporal-credit') {
    const between = delays.findIndex((delay) => (delay ?? 0) % creditStepMilliseconds !== 0);
    if (between >= 0)
      problems.error(
        tree.placeAt(['task', 'delaysMilliseconds', between]),
        `The delay of ${delays[between]} ms is no multiple of ${creditStepMilliseconds} ms, the steps in which trials go on`,
        `Choose a multiple of ${creditStepMilliseconds}`,
      );
  }
  if (task.kind === 'bandit' && task.rewardProbabilities?.length === 1)
    problems.error(
      tree.placeAt(['task', 'rewardProbabilities']),
      'A bandit with one arm leaves nothing to choose',
      'Give a probability for each of two arms or more',
    );
  const kind = networkOf(task.kind);
  if ((kind === 'spiking-actor' || kind === 'recurrent-rate') && batchSamples !== undefined && batchSamples !== 1)
    problems.error(
      tree.placeAt(['batchSamples']),
      `In the task ${task.kind} each trial is learned from before the next`,
      'Write batchSamples: 1',
    );
  if (kind === 'spiking-actor') checkActor({ value, tree }, problems);
}
