// Finds what a session's folder holds and what the session is: from its journal, else from its session.json; analysis process.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { journalFileName, sessionFileName, type SessionOpening } from '../../common/journal/session-documents.ts';
import { AnalysisFailure } from '../failure.ts';
import { readJournal } from './read-journal.ts';
import { visitRecord } from './record-visitor.ts';

export function journalFile(folder: string): string {
  return join(folder, journalFileName);
}

/** Whether a value read from a file is a session's opening: everything that the analysis rests on is there. */
function isSessionOpening(value: unknown): value is SessionOpening {
  const has = <K extends string>(of: unknown, key: K): of is Record<K, unknown> =>
    typeof of === 'object' && of !== null && key in of;
  return (
    has(value, 'format') &&
    value.format === 'exocortex-session/1' &&
    has(value, 'session') &&
    has(value, 'sampleRateHz') &&
    typeof value.sampleRateHz === 'number' &&
    has(value, 'samplesPerTick') &&
    typeof value.samplesPerTick === 'number' &&
    has(value, 'simulation') &&
    has(value, 'device') &&
    has(value, 'checked') &&
    has(value.checked, 'experiment')
  );
}

/** @returns the content of session.json; undefined when the file is missing or damaged. */
export async function readSessionFile(folder: string): Promise<SessionOpening | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, sessionFileName), 'utf8'));
    return isSessionOpening(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @returns the journal's opening record, which comes first; undefined when it is damaged. */
async function readOpeningRecord(folder: string): Promise<SessionOpening | undefined> {
  let opening: SessionOpening | undefined;
  const isRead = new AbortController();
  try {
    await readJournal(
      journalFile(folder),
      (frame) => {
        visitRecord(frame, { opening: (value) => (opening ??= value) });
        isRead.abort();
      },
      { signal: isRead.signal },
    );
  } catch (error) {
    if (!isRead.signal.aborted) throw error;
  }
  return opening;
}

/**
 * What the session is. The journal's own record is believed first: it has a checksum.
 * @throws AnalysisFailure when there is no journal, or when neither it nor session.json can be read.
 */
export async function readOpening(folder: string): Promise<SessionOpening> {
  const opening = (await readOpeningRecord(folder)) ?? (await readSessionFile(folder));
  if (opening === undefined) {
    throw new AnalysisFailure(
      `Neither the opening record of ${journalFile(folder)} nor ${sessionFileName} beside it can be read.`,
      `Put back ${sessionFileName} of this session from a copy, then recover again.`,
    );
  }
  return opening;
}
