// Files that are whole or not there, and still there after a power cut. Recorder thread.
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes it durable which files a folder holds. */
export function syncFolder(folder: string): void {
  // Windows cannot open a folder; its directory entries are journalled by the file system.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A new file takes the place of an old one at once or not at all; durable when it returns. @throws Error of the file system */
export function writeWhole(file: string, content: string, mode: number): void {
  const draft = `${file}.partial`;
  const descriptor = openSync(draft, 'w', mode);
  try {
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
  syncFolder(dirname(file));
}
