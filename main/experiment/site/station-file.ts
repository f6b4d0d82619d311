// Reads and writes the small JSON files of the station's folder; used by the main process.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import type { SiteProblem } from './site-problem.ts';

/** The system's code of an error of a file, such as `EACCES`. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

/** @returns the content; undefined where the file is not there yet; or why it cannot be used. */
export async function readStationFile<T>(
  file: string,
  schema: z.ZodType<T>,
): Promise<{ content: T | undefined } | { problem: SiteProblem }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { content: undefined };
    const what = `${file} cannot be read (${errorCode(error)})`;
    return { problem: { code: 'station', what, cure: 'Give yourself the right to read it' } };
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    content = undefined;
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return { content: parsed.data };
  const what = `${file} is damaged`;
  return {
    problem: { code: 'station', what, cure: 'Restore it from a backup; do not remove it: it protects the station' },
  };
}

/**
 * Replaces a file in one step: after a kill at any moment it is the old one or the new one, and once this has returned a power cut leaves the new one.
 * @param mode rights of the file, such as 0o600.
 * @throws the system's error.
 */
export async function writeAtomically(file: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const beside = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    const handle = await open(beside, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
    await syncFolder(dirname(file));
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** Makes it durable which files a folder holds. */
async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; its directory entries are journalled by the file system.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
