// The files of the built page and the headers they are given with, the same under both shells; main process.
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** What every answer carries: the page runs its own scripts and styles, talks to its own origin and is framed by nobody. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

export interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * @param folder the built page
 * @param path of the requested address, percent-encoded, beginning with a slash
 * @returns undefined for what the page does not consist of
 */
export async function readPageFile(folder: string, path: string): Promise<PageFile | undefined> {
  // Names of built files need no other characters; this leaves no way out of the folder.
  if (!/^\/([\w-]+\/)*[\w-]*(\.[\w-]+)*$/.test(path)) return undefined;
  const name = path === '/' ? '/index.html' : path;
  const type = contentTypes[extname(name)];
  if (type === undefined) return undefined;
  try {
    const bytes = new Uint8Array(await readFile(join(folder, name)));
    return { bytes, headers: { ...pageHeaders, 'content-type': type } };
  } catch {
    return undefined;
  }
}
