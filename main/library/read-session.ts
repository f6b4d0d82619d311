// One session as the library knows it, from the small files of its folder; journals are not opened. Main process.
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SessionEntry } from '../../common/contract/sessions.ts';
import {
  nwbFileName,
  type SessionOpening,
  sessionFileName,
  summaryFileName,
} from '../../common/journal/session-documents.ts';
import { notesFileName, tagsFileName } from '../../common/journal/session-annotations.ts';
import type { SessionSummary } from '../../common/journal/session-summary.ts';
import { readNotes } from './session-notes.ts';
import { readTags } from './session-tags.ts';

/** What the index keeps of a session. */
export interface KnownSession {
  /** Of its folder, inside the folder of the sessions. */
  name: string;
  /** Changes whenever something changes that is kept here. */
  stamp: string;
  entry: Omit<SessionEntry, 'folder' | 'nwb'> & { hasNwb: boolean };
  /** Everything that text is looked for in, in small letters. */
  words: string;
}

async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

const whenThere = (path: string) => stat(path).catch(() => undefined);

/**
 * Files that are written whole and renamed change the folder's time; those that are added to change their own size.
 * @returns the same text as long as nothing has changed
 */
export async function stampOf(folder: string): Promise<string> {
  const [itself, ...added] = await Promise.all([
    whenThere(folder),
    whenThere(join(folder, tagsFileName)),
    whenThere(join(folder, notesFileName)),
  ]);
  return [itself?.mtimeMs ?? 0, ...added.map((file) => file?.size ?? 0)].join(' ');
}

function stateOf(summary: SessionSummary | undefined): SessionEntry['state'] {
  if (summary === undefined) return 'unfinished';
  if (summary.trips > 0) return 'tripped';
  return summary.complete ? 'complete' : 'incomplete';
}

/** Names of the rules by which the network learned, each once. */
function rulesOf({ checked }: SessionOpening): string[] {
  return [...new Set(checked.network.projections.flatMap(({ plasticity }) => plasticity?.rule ?? []))];
}

/** Notes of a file that cannot be read are not found by text; the review says what is wrong with it. */
async function noteWords(folder: string): Promise<string[]> {
  const lines = await readNotes(folder).then(
    (notes) => notes.lines,
    () => [],
  );
  return lines.flatMap(({ label, text, author }) => [label, text, author]);
}

/** @returns undefined for a folder without a readable session.json: it is not a session */
export async function readSession(folder: string): Promise<KnownSession | undefined> {
  // First: what changes while it is read is read again the next time.
  const stamp = await stampOf(folder);
  const opening = await readJson<SessionOpening>(join(folder, sessionFileName));
  if (!isOpening(opening)) return undefined;
  const [summary, tags, notes, nwb] = await Promise.all([
    readJson<SessionSummary>(join(folder, summaryFileName)),
    readTags(folder).catch(() => []),
    noteWords(folder),
    whenThere(join(folder, nwbFileName)),
  ]);
  const { session, startedAt, operator, checked } = opening;
  const subject = checked.experiment.subject?.id;
  const entry = {
    session,
    experiment: checked.experiment.title,
    ...(subject === undefined ? {} : { subject }),
    operator,
    rules: rulesOf(opening),
    tags,
    startedAt,
    state: stateOf(summary),
    seconds: summary?.seconds ?? 0,
    deliveries: summary?.deliveries ?? 0,
    spikes: summary?.spikes ?? 0,
    trips: summary?.trips ?? 0,
    hasNwb: nwb !== undefined,
  };
  const name = basename(folder);
  const said = [
    name,
    session,
    entry.experiment,
    subject ?? '',
    operator,
    ...entry.rules,
    ...tags,
    entry.state,
    ...notes,
  ];
  const words = [...said, startedAt.slice(0, 19).replace('T', ' ')].join('\n').toLowerCase();
  return { name, stamp, entry, words };
}

/** What is relied on above; a file of another program has the same name by chance. */
function isOpening(read: SessionOpening | undefined): read is SessionOpening {
  const { session, startedAt, operator, checked } = (read ?? {}) as Partial<SessionOpening>;
  return (
    [session, startedAt, operator, checked?.experiment?.title].every((text) => typeof text === 'string') &&
    Array.isArray(checked?.network?.projections)
  );
}
