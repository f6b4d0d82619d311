// An index of sessions in this program's memory, for computers that SQLite cannot be used on. Main process.
import { type SessionChoices, sessionChoicesMax } from '../../common/contract/sessions.ts';
import type { KnownSession } from './read-session.ts';
import { dayOf, type IndexAnswer, type IndexQuery, momentOf, type SessionIndex } from './session-index.ts';

export class MemoryIndex implements SessionIndex {
  readonly #sessions = new Map<string, KnownSession>();

  stamps(): Map<string, string> {
    return new Map([...this.#sessions].map(([name, { stamp }]) => [name, stamp]));
  }

  change(put: readonly KnownSession[], removed: readonly string[]): void {
    for (const name of removed) this.#sessions.delete(name);
    for (const session of put) this.#sessions.set(session.name, session);
  }

  find(query: IndexQuery): IndexAnswer {
    const fitting = [...this.#sessions.values()].filter((session) => fits(session, query)).sort(newestFirst);
    return { sessions: fitting.slice(0, query.most), found: fitting.length, all: this.#sessions.size };
  }

  choices(): SessionChoices {
    const entries = [...this.#sessions.values()].map(({ entry }) => entry);
    const sorted = (values: string[]) => [...new Set(values)].sort().slice(0, sessionChoicesMax);
    return {
      subjects: sorted(entries.flatMap(({ subject }) => subject ?? [])),
      experiments: sorted(entries.map(({ experiment }) => experiment)),
      rules: sorted(entries.flatMap(({ rules }) => rules)),
      tags: sorted(entries.flatMap(({ tags }) => tags)),
    };
  }

  close(): void {
    this.#sessions.clear();
  }
}

function newestFirst(a: KnownSession, b: KnownSession): number {
  const later = momentOf(b.entry.startedAt) - momentOf(a.entry.startedAt);
  return later === 0 ? (a.name < b.name ? 1 : -1) : later;
}

function fits({ entry, words }: KnownSession, query: IndexQuery): boolean {
  const { subject, experiment, rule, tags = [], trips, fromDay, toDay } = query;
  const day = dayOf(entry.startedAt);
  return (
    (subject === undefined || entry.subject === subject) &&
    (experiment === undefined || entry.experiment === experiment) &&
    (rule === undefined || entry.rules.includes(rule)) &&
    tags.every((tag) => entry.tags.includes(tag)) &&
    (trips === undefined || entry.trips > 0 === (trips === 'with')) &&
    (fromDay === undefined || day >= fromDay) &&
    (toDay === undefined || day <= toDay) &&
    query.words.every((word) => words.includes(word))
  );
}
