// The studies of learning rules that the pages offer: those that came with the program, and the user's own. Main thread.
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { StudyEntry } from '../../common/contract/studies.ts';
import type { RulePlaces } from '../../common/rule-study/check-report.ts';
import { loadRuleStudy } from '../experiment/load-rule-study.ts';
import { progressOf, readResults } from './read-study.ts';

export interface StudyFolders {
  /** Of the studies that came with the program; never written to. */
  shipped: string;
  /** Of the user's own files, and of the results of all. */
  own: string;
}

export interface StudyFile {
  file: string;
  name: string;
  isShipped: boolean;
  /** Where its results go. */
  folder: string;
}

export const studyName = (file: string) => basename(file).replace(/\.ya?ml$/, '');

/** Those that came with the program first, each part by name. */
export async function listStudyFiles({ shipped, own }: StudyFolders): Promise<StudyFile[]> {
  const filesIn = async (folder: string, isShipped: boolean): Promise<StudyFile[]> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const names = entries.filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name)).map(({ name }) => name);
    return names.sort().map((each) => {
      const name = studyName(each);
      return { file: join(folder, each), name, isShipped, folder: join(own, name) };
    });
  };
  return [...(await filesIn(shipped, true)), ...(await filesIn(own, false))];
}

/** Checks a study's file and looks at its folder. @param places which tasks each rule can learn; undefined: not known */
export async function describeStudy(
  { file, name, isShipped, folder }: StudyFile,
  places: readonly RulePlaces[] | undefined,
  isRunning: boolean,
): Promise<StudyEntry> {
  const loaded = await loadRuleStudy(file, { places });
  const results = await readResults(folder);
  const common = {
    file,
    name,
    isShipped,
    folder,
    isRunning,
    problems: loaded.diagnostics,
    hasResults: results !== undefined,
  };
  if (!loaded.ok)
    return {
      ...common,
      title: name,
      description: '',
      task: '',
      rules: [],
      seeds: 0,
      eligible: [],
      progress: 'untouched',
    };
  const { title, description, task, rules, seeds } = loaded.prepared.study;
  return {
    ...common,
    title,
    description,
    task: task.kind,
    rules: rules.map(({ rule, label }) => ({ rule, label: label ?? rule })),
    seeds,
    eligible: (places ?? []).filter(({ tasks }) => tasks.includes(task.kind)).map(({ rule }) => rule),
    progress: await progressOf(folder, loaded.prepared, results),
  };
}
