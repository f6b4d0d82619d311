// The commands of the pages on the library of sessions: find, tag, import, report, recover. Main thread.
import { basename, dirname, join, resolve } from 'node:path';
import type { CommandRefusal, CoreNotice } from '../../common/contract/commands.ts';
import type { ImportedThing, sessionRequests } from '../../common/contract/sessions.ts';
import type { CommandHandlers } from '../../common/transport/rpc.ts';
import type { SessionLibrary } from '../library/session-library.ts';
import type { Platform } from '../rig/platform.ts';
import { asTask, type TellTask } from './as-task.ts';
import { importSessionAt } from './import-session-at.ts';
import { type AnalysisOutcome, runAnalysis } from './run-analysis.ts';
import { sessionAt } from './session-at.ts';
import { isoWithOffset } from './session-time.ts';

export type SessionCommandName = keyof typeof sessionRequests;

export interface SessionCommandParts {
  platform: Platform;
  version: string;
  library: SessionLibrary;
  sessionsFolder: string;
  recordingFolder: () => string | undefined;
  notify: (notice: CoreNotice) => void;
  /** Runs a job on a session, shown to the pages as a task. */
  recover: (folder: string) => Promise<AnalysisOutcome<'recover'>>;
}

const notNow = (what: string, cure: string) => ({ refusal: { code: 'not-now', what, cure } satisfies CommandRefusal });

export function sessionCommands(parts: SessionCommandParts): Pick<CommandHandlers, SessionCommandName> {
  const { library, recordingFolder, recover } = parts;
  return {
    'sessions.list': async ({ looksAgain = false, ...query }) => ({
      answer: await library.find(query, { recordingFolder: recordingFolder(), looksAgain }),
    }),
    'sessions.tag': async ({ folder, ...line }) => {
      const opened = await sessionAt(folder);
      if ('refusal' in opened) return opened;
      return { answer: { tags: await library.tag(folder, { ...line, writtenAt: isoWithOffset(new Date()) }) } };
    },
    'sessions.import': async ({ path }) => {
      if (recordingFolder() !== undefined)
        return notNow(
          'a session is being recorded, and copying would take the disk from it',
          'Import it after the run.',
        );
      return importIntoLibrary(resolve(path), parts);
    },
    'sessions.report': async ({ folder }) => {
      const opened = await sessionAt(folder);
      if ('refusal' in opened) return opened;
      if (recordingFolder() !== undefined)
        return notNow(
          'a session is being recorded, and a report takes the processor from it',
          'Make it after the run.',
        );
      return writeReport(folder, parts);
    },
    'sessions.recover': async ({ folder }) => {
      if (folder === recordingFolder()) return notNow('this session is being recorded', 'End it first.');
      const recovered = await recover(folder);
      if ('refusal' in recovered) return recovered;
      return { answer: { nwb: recovered.result.files.nwb, ticks: recovered.result.ticks } };
    },
  };
}

type Outcome<T> = { answer: T } | { refusal: CommandRefusal };

/** A session becomes one of the library's; everything else is tried as a recording of another program. */
function importIntoLibrary(path: string, parts: SessionCommandParts): Promise<Outcome<ImportedThing>> {
  const { platform, sessionsFolder, library, notify } = parts;
  const names = { task: `import:${path}`, title: `Importing ${basename(path)}` };
  const work = async (tell: TellTask): Promise<Outcome<ImportedThing>> => {
    const session = await importSessionAt(path, sessionsFolder, tell);
    if (session !== undefined) {
      if ('refusal' in session) return session;
      await library.note(session.folder);
      return { answer: { kind: 'session', path: session.folder } };
    }
    const folder = join(dirname(sessionsFolder), 'recordings', basename(path).replace(/\.[^.]*$/, ''));
    const outcome = await runAnalysis(platform, 'import', ['--out', folder, '--', path], tell);
    return 'refusal' in outcome ? outcome : { answer: { kind: 'recording', path: outcome.result.sidecar } };
  };
  return asTask(notify, names, work, ({ answer }) => answer.path);
}

function writeReport(folder: string, parts: SessionCommandParts): Promise<Outcome<{ file: string }>> {
  const names = { task: `report:${folder}`, title: 'Writing the report' };
  const work = async (tell: TellTask): Promise<Outcome<{ file: string }>> => {
    const outcome = await runAnalysis(parts.platform, 'report', ['--by', parts.version, '--', folder], tell);
    return 'refusal' in outcome ? outcome : { answer: { file: outcome.result.file } };
  };
  return asTask(parts.notify, names, work, ({ answer }) => answer.file);
}
