// What an index of sessions does, whatever holds it: a file of SQLite, or this program's memory. Main process.
import type { SessionChoices, SessionQuery } from '../../common/contract/sessions.ts';
import type { KnownSession } from './read-session.ts';

/** A query without what can be left out: none of it is looked at as `undefined`. */
export interface IndexQuery extends Omit<SessionQuery, 'text' | 'most'> {
  /** Each stands somewhere; in small letters. */
  words: readonly string[];
  most: number;
}

export interface IndexAnswer {
  /** Newest first. */
  sessions: { name: string; entry: KnownSession['entry'] }[];
  found: number;
  all: number;
}

export interface SessionIndex {
  /** Stamp of every session by the name of its folder. */
  stamps(): Map<string, string>;
  /** Takes sessions out, and puts others in, in the place of what is known of them: all or nothing. */
  change(put: readonly KnownSession[], removed: readonly string[]): void;
  find(query: IndexQuery): IndexAnswer;
  choices(): SessionChoices;
  close(): void;
}

/** Day at which a session began, where it was recorded. */
export const dayOf = (startedAt: string) => startedAt.slice(0, 10);

/** Moment by which sessions are ordered, ms; those whose start cannot be read come last. */
export function momentOf(startedAt: string): number {
  const moment = Date.parse(startedAt);
  return Number.isNaN(moment) ? 0 : moment;
}
