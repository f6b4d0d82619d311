// Opens the index of the sessions: SQLite's file in their folder, or memory with the reason why it is not. Main process.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadSqlite } from './load-sqlite.ts';
import { MemoryIndex } from './memory-index.ts';
import type { SessionIndex } from './session-index.ts';
import { openSqliteIndex } from './sqlite-index.ts';

/** Lies in the folder of the sessions; it may be deleted at any time. */
export const indexFileName = 'library.sqlite';

export interface OpenedIndex {
  index: SessionIndex;
  /** Why it is in memory, in words. */
  problem?: string;
}

/** @param load loads SQLite. Never rejects: without a file the sessions are read from their folders at each start. */
export async function openIndex(sessionsFolder: string, load = loadSqlite): Promise<OpenedIndex> {
  // Before the first recording there is no folder, and nothing to be kept.
  if (!existsSync(sessionsFolder)) return { index: new MemoryIndex() };
  const opened = await load();
  if ('unsupported' in opened) return inMemory(`${opened.unsupported}.`);
  const file = join(sessionsFolder, indexFileName);
  try {
    return { index: await openSqliteIndex(opened, file) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return inMemory(`The index ${file} cannot be used: ${why}. It may be deleted; it is made again.`);
  }
}

/** What is known without a file. */
export function inMemory(why: string): OpenedIndex {
  return {
    index: new MemoryIndex(),
    problem: `${why} The sessions are read from their folders at each start, which takes longer.`,
  };
}
