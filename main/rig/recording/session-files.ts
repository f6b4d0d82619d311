// Creates a session's folder with its metadata and an empty journal, durable before the first record. Recorder thread.
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { journalFileHeader } from '../../../common/journal/frame.ts';
import { journalFileName, sessionFileName } from '../../../common/journal/session-documents.ts';
import { FileHash } from './file-hash.ts';
import { syncFolder } from './durable-file.ts';

export interface SessionFiles {
  /** The journal, positioned behind its file header. */
  readonly descriptor: number;
  readonly document: FileHash;
  readonly journal: FileHash;
}

/**
 * @throws Error of the file system when the folder exists already or cannot be written.
 */
export function createSessionFiles(folder: string, sessionDocument: string): SessionFiles {
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(folder);
  const document = new FileHash(sessionFileName);
  const documentFile = openSync(join(folder, sessionFileName), 'wx');
  writeSync(documentFile, sessionDocument);
  document.add(sessionDocument);
  fsyncSync(documentFile);
  closeSync(documentFile);
  const journal = new FileHash(journalFileName);
  const descriptor = openSync(join(folder, journalFileName), 'wx');
  const header = journalFileHeader();
  writeSync(descriptor, header);
  journal.add(header);
  fsyncSync(descriptor);
  syncFolder(folder);
  syncFolder(dirname(folder));
  return { descriptor, document, journal };
}
