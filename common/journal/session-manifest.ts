// The manifest of a session: its files with their checksums, signed by the station that recorded it; used in every process.
import { z } from 'zod';
import { canonicalJson } from '../base/canonical-json.ts';
import {
  journalFileName,
  nwbFileName,
  recoveryFileName,
  sessionFileName,
  summaryFileName,
} from './session-documents.ts';

/** Name of the manifest inside a session's folder. */
export const manifestFileName = 'manifest.json';
/** Written while the session is recorded and never after: their checksums are those of the bytes that were handed to the disk. */
export const recordedFileNames: readonly string[] = [sessionFileName, journalFileName];
/** Saved states of the population. */
const stateSuffix = '.state';
const madeFileNames: readonly string[] = [summaryFileName, nwbFileName, recoveryFileName];

/** Whether a file of a session's folder belongs into its manifest: what grows after the end, as notes do, does not. */
export function isSealed(name: string): boolean {
  return recordedFileNames.includes(name) || madeFileNames.includes(name) || name.endsWith(stateSuffix);
}

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const digestSchema = z.strictObject({
  /** Inside the session's folder. */
  name: z.string().min(1),
  bytes: z.int().min(0),
  sha256: sha256Hex,
});
/** What a file holds. */
export type FileDigest = Readonly<z.infer<typeof digestSchema>>;

const manifestSchema = z.strictObject({
  format: z.literal('exocortex-manifest/1'),
  session: z.string(),
  /** In order of their names. */
  files: z.array(digestSchema).readonly(),
  /** Entry 'session-sealed' of the station's audit log, which holds `filesText` as a hash. */
  audit: z.strictObject({ seq: z.int().min(1), hash: sha256Hex }),
  /** The 32 bytes of the station's Ed25519 key, Base64. */
  publicKey: z.string(),
  /** Of `manifestText`, Base64. */
  signature: z.string(),
});
export type SessionManifest = Readonly<z.infer<typeof manifestSchema>>;

/** @returns undefined when a text is no manifest. */
export function parseManifest(text: string): SessionManifest | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What the audit log holds the hash of. */
export function filesText(session: string, files: readonly FileDigest[]): string {
  return canonicalJson({ session, files });
}

/** What is signed: everything but the signature. */
export function manifestText({ format, session, files, audit, publicKey }: Omit<SessionManifest, 'signature'>): string {
  return canonicalJson({ format, session, files, audit, publicKey });
}
