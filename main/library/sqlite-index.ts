// An index of sessions in a file of SQLite. It holds nothing that does not stand in the sessions' folders. Main process.
import { rmSync } from 'node:fs';
import { type SessionChoices, sessionChoicesMax } from '../../common/contract/sessions.ts';
import type { Database } from './load-sqlite.ts';
import type { KnownSession } from './read-session.ts';
import { isDamaged, patiently } from './sqlite-errors.ts';
import { dayOf, type IndexAnswer, type IndexQuery, momentOf, type SessionIndex } from './session-index.ts';

/** Of the tables below; a file of another version is made anew. */
const version = 1;

/** The thread waits for another program no longer than that; who asks tries again. */
const busyMilliseconds = 20;

const tables = `
  CREATE TABLE sessions (
    name TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,
    moment REAL NOT NULL,
    day TEXT NOT NULL,
    subject TEXT,
    experiment TEXT NOT NULL,
    trips INTEGER NOT NULL,
    words TEXT NOT NULL,
    entry TEXT NOT NULL
  ) STRICT;
  CREATE INDEX sessions_by_moment ON sessions (moment);
  CREATE TABLE labels (
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    name TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
    PRIMARY KEY (kind, label, name)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX labels_by_session ON labels (name);
`;

/** @throws Error of SQLite, of a damaged file too */
function prepare(database: Database): void {
  // A rollback journal, not a write-ahead log: the folder may lie on another computer. Nothing waits for the disk: what a failing
  // computer damages is found here, and made again.
  database.exec(`PRAGMA busy_timeout = ${busyMilliseconds}; PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF`);
  const isCurrent = () => database.prepare('PRAGMA user_version').get()?.user_version === version;
  if (isCurrent()) {
    const found = String(database.prepare('PRAGMA quick_check(1)').get()?.quick_check);
    if (found !== 'ok') throw new DamagedIndex(found);
    return;
  }
  database.exec('BEGIN IMMEDIATE');
  // Another program may have been quicker.
  if (!isCurrent())
    database.exec(
      `DROP TABLE IF EXISTS labels; DROP TABLE IF EXISTS sessions; ${tables} PRAGMA user_version = ${version}`,
    );
  database.exec('COMMIT');
}

class DamagedIndex extends Error {}

/** Opens the file, or makes it; one that is damaged is made anew. @throws Error of SQLite, such as for a folder that cannot be written to */
export async function openSqliteIndex(open: (file: string) => Database, file: string): Promise<SessionIndex> {
  const opened = () =>
    patiently((): SessionIndex => {
      const database = open(file);
      try {
        prepare(database);
        return new SqliteIndex(database);
      } catch (error) {
        database.close();
        throw error;
      }
    });
  try {
    return await opened();
  } catch (error) {
    if (!isDamaged(error) && !(error instanceof DamagedIndex)) throw error;
    rmSync(file, { force: true });
    rmSync(`${file}-journal`, { force: true });
    return opened();
  }
}

class SqliteIndex implements SessionIndex {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  stamps(): Map<string, string> {
    const rows = rowsOf(this.#database, 'SELECT name, stamp FROM sessions');
    return new Map(rows.map(({ name, stamp }) => [String(name), String(stamp)]));
  }

  change(put: readonly KnownSession[], removed: readonly string[]): void {
    const database = this.#database;
    const take = database.prepare('DELETE FROM sessions WHERE name = ?');
    const add = database.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
    const addLabel = database.prepare('INSERT OR IGNORE INTO labels VALUES (?, ?, ?)');
    database.exec('BEGIN IMMEDIATE');
    try {
      for (const name of removed) take.run(name);
      for (const { name, stamp, entry, words } of put) {
        const { startedAt, subject = null, experiment, trips, rules, tags } = entry;
        take.run(name);
        const [moment, day] = [momentOf(startedAt), dayOf(startedAt)];
        add.run(name, stamp, moment, day, subject, experiment, trips, words, JSON.stringify(entry));
        for (const rule of rules) addLabel.run('rule', rule, name);
        for (const tag of tags) addLabel.run('tag', tag, name);
      }
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }

  find(query: IndexQuery): IndexAnswer {
    const { where, values } = conditionsOf(query);
    const count = (sql: string, ...of: string[]) => Number(rowsOf(this.#database, sql, ...of)[0]?.['n']);
    const newest = `SELECT name, entry FROM sessions ${where} ORDER BY moment DESC, name DESC LIMIT ?`;
    return {
      sessions: rowsOf(this.#database, newest, ...values, query.most).map(({ name, entry }) => ({
        name: String(name),
        // What `change` has written.
        entry: JSON.parse(String(entry)) as KnownSession['entry'],
      })),
      found: count(`SELECT count(*) AS n FROM sessions ${where}`, ...values),
      all: count('SELECT count(*) AS n FROM sessions'),
    };
  }

  choices(): SessionChoices {
    const values = (sql: string, ...of: string[]) =>
      rowsOf(this.#database, `${sql} ORDER BY value LIMIT ${sessionChoicesMax}`, ...of).map(({ value }) =>
        String(value),
      );
    const labels = 'SELECT DISTINCT label AS value FROM labels WHERE kind = ?';
    return {
      subjects: values('SELECT DISTINCT subject AS value FROM sessions WHERE subject IS NOT NULL'),
      experiments: values('SELECT DISTINCT experiment AS value FROM sessions'),
      rules: values(labels, 'rule'),
      tags: values(labels, 'tag'),
    };
  }

  close(): void {
    this.#database.close();
  }
}

/** The package does not say what a row is. */
function rowsOf(database: Database, sql: string, ...values: (string | number)[]): Record<string, unknown>[] {
  return database.prepare(sql).all(...values) as Record<string, unknown>[];
}

/** What is asked for stands in `values` only, never in the text of the statement. */
function conditionsOf(query: IndexQuery): { where: string; values: string[] } {
  const { subject, experiment, rule, tags = [], trips, fromDay, toDay, words } = query;
  const hasLabel = 'name IN (SELECT name FROM labels WHERE kind = ? AND label = ?)';
  const conditions: [sql: string, ...values: string[]][] = words.map((word) => ['instr(words, ?) > 0', word]);
  if (subject !== undefined) conditions.push(['subject = ?', subject]);
  if (experiment !== undefined) conditions.push(['experiment = ?', experiment]);
  if (rule !== undefined) conditions.push([hasLabel, 'rule', rule]);
  for (const tag of tags) conditions.push([hasLabel, 'tag', tag]);
  if (trips !== undefined) conditions.push([trips === 'with' ? 'trips > 0' : 'trips = 0']);
  if (fromDay !== undefined) conditions.push(['day >= ?', fromDay]);
  if (toDay !== undefined) conditions.push(['day <= ?', toDay]);
  return {
    where: conditions.length === 0 ? '' : `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`,
    values: conditions.flatMap(([, ...values]) => values),
  };
}
