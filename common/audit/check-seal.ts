// What a session's signed manifest says of its files, in words for people; used in every process.
import { recoveryFileName, type SessionClosing } from '../journal/session-documents.ts';
import type { SessionManifest } from '../journal/session-manifest.ts';
import type { AuditProblem } from './audit-problem.ts';
import { checkManifest, type ManifestSurroundings } from './check-manifest.ts';

export interface SealSurroundings extends ManifestSurroundings {
  /** Undefined: the session was not closed. */
  readonly closing: SessionClosing | undefined;
}

export interface CheckedSeal {
  /** Undefined: there is none, or it does not hold. */
  readonly manifest: SessionManifest | undefined;
  /** Files that a manifest would name and this one does not: they were made after it. */
  readonly unsigned: readonly string[];
  readonly words: string;
  readonly problems: readonly AuditProblem[];
}

const notClosed = 'NOT closed: it was killed, or the power failed; what had reached the disk is there';

/** How a session ended. */
export function closingWords(closing: SessionClosing | undefined): string {
  if (closing === undefined) return notClosed;
  return closing.reason === 'program ended'
    ? 'closed orderly, because the program ended during the run'
    : `closed orderly: ${closing.reason}`;
}

/** @param text of the manifest; undefined when there is none. @param where it is, for people */
export function checkSeal(text: string | undefined, where: string, around: SealSurroundings): CheckedSeal {
  const names = around.digests.map(({ name }) => name);
  const wasRecovered = names.includes(recoveryFileName);
  if (text === undefined) {
    const { closing } = around;
    if (closing === undefined) {
      const since = wasRecovered ? '; what was recovered since is not signed' : '';
      return seal(`NONE: the session was not closed, so nothing was signed${since}`, names);
    }
    const missing = 'the session ended orderly, but nothing says by a signature what its files held';
    const cure =
      'Put the manifest back from a copy; recovering the session in the program signs its files as they are now';
    return seal('NONE: nothing is signed, though the session was closed', names, [{ where, what: missing, cure }]);
  }
  const { manifest, problems } = checkManifest(text, where, around);
  if (manifest === undefined) return seal('NONE that holds', names, problems);
  const named = new Set(manifest.files.map(({ name }) => name));
  const unsigned = names.filter((name) => !named.has(name));
  const { length } = manifest.files;
  const after = named.has(recoveryFileName) ? ' after the session was recovered' : '';
  const later =
    unsigned.length === 0
      ? ''
      : `; NOT signed, made later: ${unsigned.join(', ')} (recovering the session in the program signs them)`;
  const agreement = problems.length === 0 ? '' : ', which do NOT all agree';
  const words = `signed${after}, names ${length} ${length === 1 ? 'file' : 'files'}${agreement}${later}`;
  return { manifest, unsigned, words, problems };
}

const seal = (words: string, unsigned: readonly string[], problems: readonly AuditProblem[] = []): CheckedSeal => ({
  manifest: undefined,
  unsigned,
  words,
  problems,
});
