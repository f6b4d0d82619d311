// Files that are whole or not there, and still there after a power cut. Recorder thread.
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
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

/** What tells whether a parsed file is as it must be. */
export interface FileSchema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/** What `writeWhole` wrote, or undefined when nothing has been. @throws Error `cannot be read: ${advice}` when the file is not as the schema says */
export function readWhole<T>(file: string, schema: FileSchema<T>, advice: string): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw new Error(`${file} cannot be read: ${advice}`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
