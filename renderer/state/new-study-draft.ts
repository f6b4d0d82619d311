// A new study as it is typed, and what is wrong with it beside each field. Runs in the page; the core checks all the same.
import { name as fileName } from '../../common/experiment/name.ts';
import type { StudyEntry } from '../../common/contract/studies.ts';

export interface NewStudyDraft {
  title: string;
  /** Of the file, without its ending. */
  name: string;
  /** Null: nothing is typed. */
  seeds: number | null;
  rules: readonly string[];
}

/** '' for a field that is right. */
export type DraftProblems = Readonly<Record<keyof NewStudyDraft, string>>;

export const mostSeeds = 1000;

/** A copy of a study: the same rules and seeds under the first free name. */
export function draftAfter(study: StudyEntry, all: readonly StudyEntry[]): NewStudyDraft {
  const rules = [...new Set(study.rules.map(({ rule }) => rule))];
  const nameOf = (copy: number) => `${study.name}-${copy}`;
  let copy = 2;
  while (all.some(({ name }) => name === nameOf(copy))) copy++;
  return { title: `${study.title}, ${copy}`, name: nameOf(copy), seeds: study.seeds, rules };
}

export function draftProblems(draft: NewStudyDraft, all: readonly StudyEntry[]): DraftProblems {
  const { title, name, seeds, rules } = draft;
  return {
    title: title.trim() === '' ? 'Give it a title.' : title.trim().length > 120 ? 'At most 120 letters.' : '',
    name: !fileName.safeParse(name).success
      ? 'Lower-case letters, digits and hyphens, beginning with a letter; at most 64.'
      : all.some((study) => study.name === name)
        ? 'There is a study of this name.'
        : '',
    seeds:
      seeds !== null && Number.isInteger(seeds) && seeds >= 1 && seeds <= mostSeeds
        ? ''
        : `A whole number from 1 to ${mostSeeds}.`,
    rules: rules.length === 0 ? 'Choose at least one rule.' : '',
  };
}
