// The sessions in a folder, from the small files that each of them holds; journals are not opened. Main process.
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionEntry } from '../../common/contract/commands.ts';
import {
  nwbFileName,
  type SessionOpening,
  sessionFileName,
  summaryFileName,
} from '../../common/journal/session-documents.ts';
import type { SessionSummary } from '../../common/journal/session-summary.ts';

async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

function stateOf(summary: SessionSummary | undefined): SessionEntry['state'] {
  if (summary === undefined) return 'unfinished';
  if (summary.trips > 0) return 'tripped';
  return summary.complete ? 'complete' : 'incomplete';
}

function subjectOf({ checked }: SessionOpening): { subject?: string } {
  const { subject } = checked.experiment;
  return subject === undefined ? {} : { subject: subject.id };
}

/** Names of the rules by which the network learned, each once. */
function rulesOf({ checked }: SessionOpening): string[] {
  return [...new Set(checked.network.projections.flatMap(({ plasticity }) => plasticity?.rule ?? []))];
}

async function readSession(folder: string, recordingFolder: string | undefined): Promise<SessionEntry | undefined> {
  const opening = await readJson<SessionOpening>(join(folder, sessionFileName));
  if (opening === undefined) return undefined;
  const summary = await readJson<SessionSummary>(join(folder, summaryFileName));
  const nwb = join(folder, nwbFileName);
  return {
    folder,
    session: opening.session,
    experiment: opening.checked.experiment.title,
    ...subjectOf(opening),
    operator: opening.operator,
    rules: rulesOf(opening),
    startedAt: opening.startedAt,
    state: folder === recordingFolder ? 'recording' : stateOf(summary),
    seconds: summary?.seconds ?? 0,
    deliveries: summary?.deliveries ?? 0,
    spikes: summary?.spikes ?? 0,
    trips: summary?.trips ?? 0,
    ...((await exists(nwb)) ? { nwb } : {}),
  };
}

/** Newest first. A folder without a readable session.json is not a session. @param recordingFolder the session that is being written now. */
export async function listSessions(
  sessionsFolder: string,
  recordingFolder: string | undefined,
): Promise<SessionEntry[]> {
  const names = await readdir(sessionsFolder, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => name.isDirectory())
      .map((name) => readSession(join(sessionsFolder, name.name), recordingFolder)),
  );
  return found.filter((session) => session !== undefined).sort((a, b) => b.startedAt.localeCompare(a.startedAt));
}
