// A temporary folder laid out like the checkout, into which the tests of the import nets write violations.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The checkout that the tests run in. */
export const checkout = join(import.meta.dirname, '..', '..');

export interface SeededTree {
  readonly folder: string;
  remove(): void;
}

/** @param files text by path; the folder gets the checkout's tsconfig files and packages beside them */
export function seededTree(files: Readonly<Record<string, string>>): SeededTree {
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-import-nets-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const name of readdirSync(checkout)) {
    if (/^tsconfig\..*\.json$|^package\.json$/.test(name)) copyFileSync(join(checkout, name), join(folder, name));
  }
  symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
