// Resolves a path that one input file gives to another; used by the main process.
import { dirname, isAbsolute, join } from 'node:path';

/** @param path relative to the folder of `file`, or absolute. */
export function besideFile(file: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path);
}
