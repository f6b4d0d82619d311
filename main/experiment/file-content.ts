// One input file as read: what is right in it, and where each part stands; used by the main process.
import type { Place } from '../../common/experiment/diagnostic.ts';
import { nearest } from './nearest.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';
import type { Path, SourceTree } from './source-tree.ts';
import { either } from './wording.ts';

export interface FileContent<T> {
  readonly tree: SourceTree;
  readonly value: Salvaged<T>;
}

/** A list of named things of a file. */
interface Named {
  name?: string | undefined;
}

/** The names that a list gives, without those that are wrong. */
export function namesOf(list: readonly (Named | undefined)[] | undefined): string[] {
  return (list ?? []).flatMap((entry) => entry?.name ?? []);
}

/** Reports the second and every further use of a name. @param kind what the list holds, in the singular: "population". */
export function checkNamesDiffer(
  list: readonly (Named | undefined)[] | undefined,
  kind: string,
  placeOf: (index: number) => Place,
  problems: ProblemList,
): void {
  const seen = new Set<string>();
  for (const [index, entry] of (list ?? []).entries()) {
    if (entry?.name === undefined) continue;
    if (seen.has(entry.name)) {
      problems.error(placeOf(index), `A second ${kind} is called ${entry.name}`, `Give this ${kind} a name of its own`);
    }
    seen.add(entry.name);
  }
}

/** Reports a name that refers to nothing. @param kind what it should refer to: "population". */
export function checkReference(
  content: FileContent<unknown>,
  path: Path,
  name: string | undefined,
  names: readonly string[],
  kind: string,
  problems: ProblemList,
): void {
  if (name === undefined || names.includes(name)) return;
  const meant = nearest(name, names);
  const choice = names.length === 0 ? `Add a ${kind} of this name` : `Write ${either(names)}`;
  problems.error(
    content.tree.placeAt(path),
    `There is no ${kind} called ${name}`,
    meant === undefined ? choice : `Did you mean ${meant}?`,
  );
}
