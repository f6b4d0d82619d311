// Writes what a study found into its folder: numbers, tables, figures and the page that joins them; analysis process.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StudyResults } from '../../../../common/rule-study/study-results.ts';
import { writeJsonFile } from '../../../write-json-file.ts';
import { writeTextFile } from '../../../write-text-file.ts';
import { reportPage } from './report-page.ts';
import { figuresOf } from './study-figures.ts';
import {
  classWords,
  csvOf,
  delayTable,
  gateTable,
  markdownOf,
  ruleTable,
  sensitivityTable,
  type Table,
} from './table.ts';

/** Those of units that are done, while others run. */
export const writeResults = (folder: string, results: StudyResults) =>
  writeJsonFile(join(folder, 'results.json'), results);

/**
 * results.json holds no times, so that it is the same bytes on every machine; they are in timing.json.
 * @returns the files, the page first.
 */
export async function writeReport(
  folder: string,
  results: StudyResults,
  nanosecondsPerSynapse: Readonly<Record<string, number>>,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const figures = figuresOf(results);
  const table = ruleTable(results, nanosecondsPerSynapse);
  const texts: Record<string, string> = {
    'report.html': reportPage(results, nanosecondsPerSynapse, figures),
    'table.md': markdown(results, table),
    'table.csv': csvOf(table),
    ...Object.fromEntries(figures.map(({ file, svg }) => [file, svg])),
  };
  await writeResults(folder, results);
  await writeJsonFile(join(folder, 'timing.json'), { nanosecondsPerSynapse });
  for (const [file, text] of Object.entries(texts)) await writeTextFile(join(folder, file), text);
  return [...Object.keys(texts), 'results.json', 'timing.json'].map((file) => join(folder, file));
}

function markdown(results: StudyResults, table: Table): string {
  const part = (title: string, { header, rows }: Table) =>
    rows.length === 0 ? [] : [`## ${title}`, '', markdownOf({ header, rows }), ''];
  return [
    `# ${results.title}`,
    '',
    results.description,
    '',
    markdownOf(table),
    '',
    classWords(results),
    '',
    ...part('Expectations', gateTable(results)),
    ...part('By delay', delayTable(results)),
    ...part('Sensitivity', sensitivityTable(results)),
  ].join('\n');
}
