// Finds a plain Node program for what does not work under Electron; main process.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param applicationFolder where the application's own files are; a Node program may lie beside them in node/
 * @param environment EXOCORTEX_NODE names another one
 * @returns undefined where there is none: a Node that happens to be on the path may be of any age, and is not taken.
 */
export function findNode(
  applicationFolder: string,
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): string | undefined {
  // On Windows, Dawn finds its functions in a program of this name only.
  const name = platform === 'win32' ? 'node.exe' : 'node';
  const candidates = [environment['EXOCORTEX_NODE'], join(applicationFolder, 'node', name)];
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path));
}
