// Seals a session: its files' checksums go into the audit log and, signed, into its manifest. Recorder thread.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programActor } from '../../../common/audit/audit-entry.ts';
import {
  type FileDigest,
  filesText,
  manifestFileName,
  manifestText,
  parseManifest,
  recordedFileNames,
} from '../../../common/journal/session-manifest.ts';
import { type AuditWriter, sha256 } from './audit-writer.ts';
import { writeWhole } from './durable-file.ts';

/** A session, and what its files hold. */
export interface SessionSeal {
  readonly folder: string;
  /** UUID. */
  readonly session: string;
  readonly files: readonly FileDigest[];
}

/**
 * Adds files to the manifest, or makes it. What was recorded keeps the checksum that it was first sealed with.
 * @throws Error when a recorded file is another one than was sealed, when the log or the folder cannot be written.
 */
export function sealSession({ folder, session, files }: SessionSeal, audit: AuditWriter): void {
  const file = join(folder, manifestFileName);
  const all = joined(sealedBefore(file, session), files);
  const detail = { session, folder, files: all.length, sha256: sha256(filesText(session, all)) };
  const mark = audit.append({ event: 'session-sealed', detail, actor: programActor }, true);
  const { key } = audit;
  const manifest = {
    format: 'exocortex-manifest/1',
    session,
    files: all,
    audit: mark,
    publicKey: key.publicKey,
  } as const;
  const signed = { ...manifest, signature: key.sign(manifestText(manifest)) };
  writeWhole(file, `${JSON.stringify(signed, undefined, 2)}\n`, 0o644);
}

function sealedBefore(file: string, session: string): readonly FileDigest[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const manifest = parseManifest(text);
  if (manifest?.session === session) return manifest.files;
  throw new Error(`${file} is not the manifest of this session: put it back from a copy, or move it away`);
}

function joined(before: readonly FileDigest[], now: readonly FileDigest[]): FileDigest[] {
  const all = new Map(before.map((digest) => [digest.name, digest]));
  for (const digest of now) {
    const sealed = all.get(digest.name);
    if (sealed !== undefined && sealed.sha256 !== digest.sha256 && recordedFileNames.includes(digest.name))
      throw new Error(`${digest.name} is not what was recorded: it has another SHA-256 than when it was written`);
    all.set(digest.name, digest);
  }
  return [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
