// Reads one input file of a known kind: text, syntax and shape; used by the main process.
import { isMap, isScalar } from 'yaml';
import type { z } from 'zod';
import type { Place } from '../../common/experiment/diagnostic.ts';
import { type Experiment, experimentSchema } from '../../common/experiment/experiment.ts';
import { type LimitProfile, limitProfileSchema } from '../../common/experiment/limit-profile.ts';
import { type NetworkModel, networkModelSchema } from '../../common/experiment/network-model.ts';
import { type RecordingSidecar, recordingSidecarSchema } from '../../common/experiment/recording-sidecar.ts';
import { type RuleStudy, ruleStudySchema } from '../../common/rule-study/study.ts';
import { type RuleFile, ruleFileSchema } from '../../common/experiment/rule-file.ts';
import { checkShape } from './check-shape.ts';
import type { FileContent } from './file-content.ts';
import { parseJson } from './parse-json.ts';
import type { ProblemList } from './problem-list.ts';
import { readText } from './read-text.ts';
import { parseYaml, type SourceTree } from './source-tree.ts';

/** The files that people write, by the word before the version in their first key. */
export interface InputContents {
  experiment: Experiment;
  'network-model': NetworkModel;
  'limit-profile': LimitProfile;
  'exocortex-recording': RecordingSidecar;
  'rule-study': RuleStudy;
  'learning-rule': RuleFile;
}
export type InputKind = keyof InputContents;

export const inputKinds: { readonly [Kind in InputKind]: { schema: z.ZodType<InputContents[Kind]>; words: string } } = {
  experiment: { schema: experimentSchema, words: 'an experiment' },
  'network-model': { schema: networkModelSchema, words: 'a network model' },
  'limit-profile': { schema: limitProfileSchema, words: 'a limit profile' },
  'learning-rule': { schema: ruleFileSchema, words: 'a learning rule' },
  'exocortex-recording': { schema: recordingSidecarSchema, words: 'the sidecar of a recording' },
  'rule-study': { schema: ruleStudySchema, words: 'a study of learning rules' },
};

/** @returns the tree of a YAML file, or of a JSON file if its name ends so; undefined after reporting why there is none. */
export async function readTree(
  file: string,
  problems: ProblemList,
  referredFrom?: Place,
): Promise<SourceTree | undefined> {
  const text = await readText(file, problems, referredFrom);
  if (text === undefined) return undefined;
  return file.toLowerCase().endsWith('.json') ? parseJson(file, text, problems) : parseYaml(file, text, problems);
}

/** What the file says that it is, in `exocortex: kind/version` or `format: kind/version`. */
export function kindOf(tree: SourceTree): InputKind | undefined {
  const { root } = tree;
  if (!isMap(root)) return undefined;
  for (const key of ['exocortex', 'format']) {
    const value = tree.resolve(tree.pairOf(root, key)?.value);
    const word = isScalar(value) ? String(value.value).split('/')[0] : undefined;
    const kind = (Object.keys(inputKinds) as InputKind[]).find((known) => known === word);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

/** Checks a tree as a file of this kind. @returns undefined after reporting that it is of another kind, or no mapping at all. */
export function checkInput<Kind extends InputKind>(
  kind: Kind,
  tree: SourceTree,
  problems: ProblemList,
): FileContent<InputContents[Kind]> | undefined {
  const found = kindOf(tree);
  if (found !== undefined && found !== kind) {
    const place = tree.placeAt([found === 'exocortex-recording' ? 'format' : 'exocortex']);
    problems.error(
      place,
      `This file is ${inputKinds[found].words}, where ${inputKinds[kind].words} belongs`,
      'Name another file where this one is referred to',
    );
    return undefined;
  }
  const value = checkShape(inputKinds[kind].schema, tree, problems);
  return value === undefined ? undefined : { tree, value };
}

/** @param referredFrom where the path is written, for a file that another one names. */
export async function readInput<Kind extends InputKind>(
  kind: Kind,
  file: string,
  problems: ProblemList,
  referredFrom?: Place,
): Promise<FileContent<InputContents[Kind]> | undefined> {
  const tree = await readTree(file, problems, referredFrom);
  return tree && checkInput(kind, tree, problems);
}
