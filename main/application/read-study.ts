// What a study of learning rules left in its folder, and how far it is. Main thread.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandRefusal } from '../../common/contract/commands.ts';
import type { StudyProgress, StudyReading } from '../../common/contract/studies.ts';
import type { PreparedStudy } from '../../common/rule-study/prepared-study.ts';
import type { StudyResults } from '../../common/rule-study/study-results.ts';
import { hashInFolder } from './prepare-study-folder.ts';

const resultsFormat: StudyResults['format'] = 'exocortex-rule-study-results/1';

/** @returns undefined for a folder without results of this format. */
export async function readResults(folder: string): Promise<StudyResults | undefined> {
  const value = await readJson(join(folder, 'results.json'));
  if (typeof value !== 'object' || value === null) return undefined;
  return 'format' in value && value.format === resultsFormat ? (value as StudyResults) : undefined;
}

/** @param prepared the study as its file is now */
export async function progressOf(
  folder: string,
  prepared: PreparedStudy,
  results: StudyResults | undefined,
): Promise<StudyProgress> {
  const { isThere, hash } = await hashInFolder(folder);
  if (!isThere) return 'untouched';
  if (hash !== prepared.hash) return 'other-version';
  return results !== undefined && answers(results, prepared) ? 'done' : 'begun';
}

/** Whether the results hold all that the file asks for, in its words. */
function answers(results: StudyResults, { hash, study }: PreparedStudy): boolean {
  const gatesOf = (gates: readonly unknown[]) => JSON.stringify(gates);
  return (
    results.study === hash &&
    results.unitsMissing === undefined &&
    results.title === study.title &&
    results.description === study.description &&
    results.rules.every(({ seeds }) => seeds >= study.seeds) &&
    gatesOf(results.gates.map(({ gate }) => gate)) === gatesOf(study.gates)
  );
}

/** Everything that a page shows of a study's results. */
export async function readStudy(folder: string): Promise<{ answer: StudyReading } | { refusal: CommandRefusal }> {
  const results = await readResults(folder);
  if (results === undefined) {
    return {
      refusal: {
        code: 'not-found',
        what: `${folder} holds no results of a study`,
        cure: 'Run the study; its results are there when the first of its units is done.',
      },
    };
  }
  const timing = await readJson(join(folder, 'timing.json'));
  return { answer: { folder, files: await filesOf(folder), results, nanosecondsPerSynapse: timesIn(timing) } };
}

/** The report first, then the others by name; what the program needs for itself is left out. */
async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile() && entry.name !== 'study.json').map(({ name }) => name);
  const rank = (name: string) => (name === 'report.html' ? 0 : 1);
  return names.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b)).map((name) => join(folder, name));
}

function timesIn(timing: unknown): Record<string, number> {
  if (typeof timing !== 'object' || timing === null || !('nanosecondsPerSynapse' in timing)) return {};
  const times: unknown = timing.nanosecondsPerSynapse;
  if (typeof times !== 'object' || times === null) return {};
  return Object.fromEntries(
    Object.entries(times).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

/** @returns undefined for a file that is not there or is no JSON. */
async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
