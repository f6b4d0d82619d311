// Messages between the rig thread and the recorder thread.
import type { FileDigest } from '../../../common/journal/session-manifest.ts';

export type ToRecorder =
  /** Creates the session's folder and files. `sessionDocument` is the text of session.json. */
  | { kind: 'open'; folder: string; sessionDocument: string }
  /** Writes what is left, makes it durable and closes the file. */
  | { kind: 'close' }
  | { kind: 'end' };

export type FromRecorder =
  | { kind: 'opened'; folder: string }
  /** `files`: what was handed to the disk. */
  | { kind: 'closed'; bytes: number; files: FileDigest[] }
  /** Twice a second while a journal is open. */
  | { kind: 'progress'; bytes: number; freeBytes: number }
  | { kind: 'failed'; message: string };
