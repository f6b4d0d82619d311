// Creates a session's folder with its metadata and an empty journal, durable before the first record. Recorder thread.
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { journalFileHeader } from '../../../common/journal/frame.ts';
import { journalFileName, sessionFileName } from '../../../common/journal/session-documents.ts';
import { syncFolder } from './durable-file.ts';

/**
 * @returns the journal's file descriptor, positioned behind the file header.
 * @throws Error of the file system when the folder exists already or cannot be written.
 */
export function createSessionFiles(folder: string, sessionDocument: string): number {
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(folder);
  const document = openSync(join(folder, sessionFileName), 'wx');
  writeSync(document, sessionDocument);
  fsyncSync(document);
  closeSync(document);
  const journal = openSync(join(folder, journalFileName), 'wx');
  writeSync(journal, journalFileHeader());
  fsyncSync(journal);
  syncFolder(folder);
  syncFolder(dirname(folder));
  return journal;
}
