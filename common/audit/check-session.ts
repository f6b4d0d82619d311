// Compares the small file of a session with its journal, and finds the marks of the audit log in both; used in every process.
import type { SessionClosing, SessionOpening } from '../journal/session-documents.ts';
import type { AuditProblem } from './audit-problem.ts';
import type { PlacedMark } from './summarise-audit.ts';

/** What the journal says of its session. */
interface JournalDocuments {
  readonly opening: SessionOpening | undefined;
  readonly closing: SessionClosing | undefined;
}

/** Where a session's documents lie, for people. */
export interface SessionPlaces {
  readonly document: string;
  readonly journal: string;
}

/**
 * @param text of session.json; undefined when there is none.
 * @returns the marks to look for in the log of the station that recorded the session.
 */
export function checkSession(
  text: string | undefined,
  { opening, closing }: JournalDocuments,
  places: SessionPlaces,
  problems: AuditProblem[],
): PlacedMark[] {
  const found = text === undefined ? undefined : parse(text);
  if (opening !== undefined) compare(found, opening, places.document, problems);
  return [
    ...markOf(opening?.audit ?? found?.audit, `${places.document}, key audit`, problems),
    // A journal without its closing record is a problem of its own.
    ...(closing === undefined ? [] : markOf(closing.audit, `${places.journal}, closing record`, problems)),
  ];
}

function parse(text: string): Partial<SessionOpening> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function compare(
  found: Partial<SessionOpening> | undefined,
  opening: SessionOpening,
  where: string,
  problems: AuditProblem[],
): void {
  if (JSON.stringify(found) === JSON.stringify(opening)) return;
  const [own, inJournal] = [found?.limits?.hash, opening.limits?.hash];
  const what =
    found === undefined
      ? 'the file is missing or not JSON'
      : own === inJournal
        ? 'the file is not what the journal’s opening record says'
        : `the file names limits ${own ?? 'of no hash'}, the journal ${inJournal ?? 'of no hash'}`;
  problems.push({ where, what, cure: 'Run exocortex recover on the session: it rebuilds the file' });
}

function markOf(mark: unknown, where: string, problems: AuditProblem[]): PlacedMark[] {
  if (typeof mark === 'object' && mark !== null && 'seq' in mark && 'hash' in mark) {
    const { seq, hash } = mark;
    if (typeof seq === 'number' && typeof hash === 'string') return [{ where, mark: { seq, hash } }];
  }
  problems.push({
    where,
    what: 'no entry of the audit log is named',
    cure: 'Nothing can be compared: the session was recorded without an audit log, or the mark was removed',
  });
  return [];
}
