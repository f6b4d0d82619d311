// Reads Electron's archive format: a header in JSON with a tree of files, then their bytes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Folder {
  files: Record<string, Folder | File>;
}
/** `offset` counts from the end of the header; files that are unpacked have none. */
interface File {
  size: number;
  offset?: string;
}

export interface Archive {
  /** Paths of all files with forward slashes, those that are unpacked beside the archive included. */
  readonly paths: readonly string[];
  /** Also of a file that is unpacked. @throws Error when the archive does not name `path`. */
  readText(path: string): string;
}

export function openArchive(path: string): Archive {
  const bytes = readFileSync(path);
  const bodyStart = 8 + bytes.readUInt32LE(4);
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Folder;
  const files = new Map<string, File>();
  const walk = (folder: Folder, prefix: string): void => {
    for (const [name, entry] of Object.entries(folder.files)) {
      if ('files' in entry) walk(entry, `${prefix}${name}/`);
      else files.set(prefix + name, entry);
    }
  };
  walk(header, '');
  return {
    paths: [...files.keys()],
    readText(name) {
      const file = files.get(name);
      if (file === undefined) throw new Error(`${path} does not hold ${name}`);
      if (file.offset === undefined) return readFileSync(join(`${path}.unpacked`, name), 'utf8');
      const start = bodyStart + Number(file.offset);
      return bytes.toString('utf8', start, start + file.size);
    },
  };
}
