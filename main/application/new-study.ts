// Writes the file of a new study after one that there is: the same task and network with other rules or seeds. Main thread.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { CommandRefusal } from '../../common/contract/commands.ts';
import type { NewStudy } from '../../common/contract/studies.ts';
import type { RulePlaces } from '../../common/rule-study/check-report.ts';
import { loadRuleStudy } from '../experiment/load-rule-study.ts';
import { studyAfter, studyText } from '../experiment/study-after.ts';
import { listStudyFiles, type StudyFolders } from './study-library.ts';

const refuse = (code: CommandRefusal['code'], what: string, cure: string): { refusal: CommandRefusal } => ({
  refusal: { code, what, cure },
});

/** Never writes over a file. @param places which tasks each rule can learn */
export async function createStudy(
  wanted: NewStudy,
  folders: StudyFolders,
  places: readonly RulePlaces[] | undefined,
): Promise<{ answer: { file: string } } | { refusal: CommandRefusal }> {
  const known = await listStudyFiles(folders);
  const from = known.find(({ file }) => file === wanted.from);
  if (from === undefined) return refuse('not-found', `there is no study ${wanted.from}`, 'Choose one of the list.');
  if (known.some(({ name }) => name === wanted.name))
    return refuse('invalid', `there is a study called ${wanted.name}`, 'Choose another name.');
  const base = await loadRuleStudy(from.file, { places });
  if (!base.ok) return refuse('invalid', `${from.file} has problems`, 'Choose a study without problems.');
  const file = join(folders.own, `${wanted.name}.yaml`);
  const text = studyText(studyAfter(base.prepared.study, wanted), basename(from.file));
  try {
    await mkdir(folders.own, { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    return refuse('failed', `${file} cannot be written: ${String(error)}`, 'Choose another name, or mend the folder.');
  }
  const written = await loadRuleStudy(file, { places });
  if (written.ok) return { answer: { file } };
  await rm(file);
  const [first] = written.diagnostics;
  return {
    refusal: {
      code: 'invalid',
      what: first?.what ?? 'these rules make no valid study',
      cure: first?.cure ?? 'Choose other rules.',
      diagnostics: written.diagnostics,
    },
  };
}
