// Compares a session's manifest with its files and with the station's key; used in every process.
import { journalFileName } from '../journal/session-documents.ts';
import {
  type FileDigest,
  manifestText,
  parseManifest,
  recordedFileNames,
  type SessionManifest,
} from '../journal/session-manifest.ts';
import type { AuditProblem } from './audit-problem.ts';
import type { VerifySignature } from './checkpoint.ts';

/** What a manifest is compared with. */
export interface ManifestSurroundings {
  /** UUID of the session; undefined: not known. */
  readonly session: string | undefined;
  /** What the files of the folder hold now. */
  readonly digests: readonly FileDigest[];
  /** Public key of the station, Base64; undefined: only the manifest's own word is known. */
  readonly stationKey: string | undefined;
  readonly verifySignature: VerifySignature;
}

const putBack = 'Put the file back from a copy';
const madeAgain = 'Put the file back from a copy, or make it again from the journal: exocortex recover';

/** @param where the manifest, for people. @returns what is wrong, and the manifest when its signature holds. */
export function checkManifest(
  text: string,
  where: string,
  { session, digests, stationKey, verifySignature }: ManifestSurroundings,
): { manifest: SessionManifest | undefined; problems: AuditProblem[] } {
  const refuse = (what: string) => ({ manifest: undefined, problems: [{ where, what, cure: putBack }] });
  const manifest = parseManifest(text);
  if (manifest === undefined) return refuse('this is not a manifest');
  if (!verifySignature(manifestText(manifest), manifest.signature, manifest.publicKey))
    return refuse('the signature of the manifest does not hold: it was changed after it was signed');
  const problems: AuditProblem[] = [];
  if (stationKey !== undefined && manifest.publicKey !== stationKey)
    problems.push({
      where,
      what: 'the manifest was not signed with the key of this station',
      cure: 'Name the folder of the station that recorded this session',
    });
  if (session !== undefined && manifest.session !== session)
    problems.push({ where, what: `the manifest is of session ${manifest.session}, not of ${session}`, cure: putBack });
  const found = new Map(digests.map((digest) => [digest.name, digest]));
  for (const { name, bytes, sha256 } of manifest.files) {
    const now = found.get(name);
    const cure = recordedFileNames.includes(name) ? putBack : madeAgain;
    if (now === undefined) problems.push({ where, what: `${name} is missing`, cure });
    else if (now.bytes !== bytes)
      problems.push({ where, what: `${name} has ${now.bytes} bytes, not ${bytes} as when it was signed`, cure });
    else if (now.sha256 !== sha256)
      problems.push({ where, what: `${name} was changed after it was signed: it has another SHA-256`, cure });
  }
  if (!manifest.files.some(({ name }) => name === journalFileName))
    problems.push({ where, what: `the manifest does not name ${journalFileName}`, cure: putBack });
  return { manifest, problems };
}
