// The commands of the pages on studies of learning rules. Main thread.
import type { CommandRefusal } from '../../common/contract/commands.ts';
import type { RulePlaces } from '../../common/rule-study/check-report.ts';
import type { CommandHandlers } from '../../common/transport/rpc.ts';
import { loadRuleStudy } from '../experiment/load-rule-study.ts';
import type { Platform } from '../rig/platform.ts';
import { createStudy } from './new-study.ts';
import { prepareStudyFolder } from './prepare-study-folder.ts';
import { readStudy } from './read-study.ts';
import { runAnalysis } from './run-analysis.ts';
import { describeStudy, listStudyFiles, type StudyFile, type StudyFolders } from './study-library.ts';
import type { StudyRuns } from './study-runs.ts';

export type StudyCommandName =
  'studies.list' | 'studies.start' | 'studies.cancel' | 'studies.results' | 'studies.create';

export interface StudyCommandsParts {
  platform: Platform;
  folders: StudyFolders;
  runs: StudyRuns;
  /** Whether a session is being recorded: it needs the cores that a study would take. */
  isRecording(): boolean;
}

const notListed = (file: string): { refusal: CommandRefusal } => ({
  refusal: { code: 'not-found', what: `there is no study ${file}`, cure: 'Look at the list again.' },
});

export function studyCommands({
  platform,
  folders,
  runs,
  isRecording,
}: StudyCommandsParts): Pick<CommandHandlers, StudyCommandName> {
  /** Which tasks each rule can learn: the analysis program knows, and it does not change. */
  let places: readonly RulePlaces[] | undefined;
  /** One question at a time: a start waits for the one before it. */
  let starting: Promise<unknown> = Promise.resolve();

  async function findPlaces(): Promise<readonly RulePlaces[] | undefined> {
    if (places !== undefined) return places;
    const outcome = await runAnalysis(platform, 'rules-list', [], () => {});
    if ('result' in outcome) places = outcome.result;
    return places;
  }
  const find = async (file: string) => (await listStudyFiles(folders)).find((study) => study.file === file);

  async function start({
    file,
    folder,
  }: StudyFile): Promise<{ answer: { folder: string } } | { refusal: CommandRefusal }> {
    const loaded = await loadRuleStudy(file, { places: await findPlaces() });
    if (!loaded.ok) {
      return {
        refusal: {
          code: 'invalid',
          what: `${file} has ${loaded.diagnostics.length} problems`,
          cure: 'Correct the file; each problem says where and how.',
          diagnostics: loaded.diagnostics,
        },
      };
    }
    const busy = isRecording() ? recordingFirst : runs.busy;
    if (busy !== undefined) return { refusal: busy };
    const problem = await prepareStudyFolder(folder, loaded.prepared, {
      otherVersion: 'Remove or rename that folder, or give the study file another name.',
      notWritable: 'Mend the rights of the folder.',
    });
    if (problem !== undefined) return { refusal: { code: 'failed', ...problem } };
    runs.start(folder, loaded.prepared.study.title);
    return { answer: { folder } };
  }

  return {
    'studies.list': async () => {
      const [files, known] = await Promise.all([listStudyFiles(folders), findPlaces()]);
      const studies = await Promise.all(files.map((each) => describeStudy(each, known, runs.isRunning(each.folder))));
      return { answer: { folder: folders.own, studies } };
    },
    'studies.start': ({ file }) => {
      const started = starting.then(async () => {
        const study = await find(file);
        return study === undefined ? notListed(file) : start(study);
      });
      starting = started.catch(() => undefined);
      return started;
    },
    'studies.cancel': async ({ file }) => {
      const study = await find(file);
      if (study === undefined) return notListed(file);
      if (await runs.stop(study.folder)) return { answer: { done: true } };
      return { refusal: { code: 'not-now', what: 'this study is not running', cure: 'Nothing is to be cancelled.' } };
    },
    'studies.results': async ({ file }) => {
      const study = await find(file);
      return study === undefined ? notListed(file) : readStudy(study.folder);
    },
    'studies.create': async (wanted) => createStudy(wanted, folders, await findPlaces()),
  };
}

const recordingFirst: CommandRefusal = {
  code: 'not-now',
  what: 'a session is being recorded, and a study would take all cores',
  cure: 'End the run first.',
};
