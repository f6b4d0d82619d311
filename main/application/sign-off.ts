// A PI's signature under a session: its files are compared with the manifest, then it stands in the audit log and among the notes. Main thread.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkManifest } from '../../common/audit/check-manifest.ts';
import type { CommandRequest } from '../../common/contract/commands.ts';
import { chainProblemWords } from '../../common/journal/chained-lines.ts';
import { manifestFileName } from '../../common/journal/session-manifest.ts';
import type { CommandOutcome } from '../../common/transport/rpc.ts';
import { readNotes } from '../library/session-notes.ts';
import { auditTools } from './audit-on-disk.ts';
import type { AnalysisOutcome } from './run-analysis.ts';
import { type NoteSurroundings, writeNote } from './write-note.ts';

export interface SignOffSurroundings extends NoteSurroundings {
  /** What the files of a session hold now. */
  digest(folder: string): Promise<AnalysisOutcome<'digest'>>;
}

/** Refuses what is not whole: nobody signs what has changed since it was recorded. @throws Error of the file system */
export async function signOff(
  { folder, verdict, statement, author }: CommandRequest<'review.signOff'>,
  around: SignOffSurroundings,
): Promise<CommandOutcome<'review.signOff'>> {
  const refuse = (what: string, cure: string) => ({ refusal: { code: 'not-now' as const, what, cure } });
  const where = join(folder, manifestFileName);
  const text = await readFile(where, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined)
    return refuse('this session has no signed manifest', 'Recover it in the list of sessions: that signs its files.');
  const digested = await around.digest(folder);
  if ('refusal' in digested) return digested;
  const { session, files } = digested.result;
  const { verifySignature } = auditTools;
  // A session of another station may be reviewed here: its manifest is signed with that station's key.
  const surroundings = { session, digests: files, stationKey: undefined, verifySignature };
  const [problem] = checkManifest(text, where, surroundings).problems;
  if (problem !== undefined) return refuse(problem.what, `${problem.cure}.`);
  const notes = await readNotes(folder);
  const [wrong] = notes.problems;
  if (wrong !== undefined)
    return refuse(chainProblemWords(wrong), 'Put the file of the notes back from a copy before it is signed.');
  const manifest = auditTools.sha256(text);
  const detail = { session, verdict, statement, manifest, notes: notes.newest };
  const audit = await around.noteInAudit('session-signed-off', detail, author);
  if (typeof audit === 'string')
    return refuse(`the audit log cannot be written: ${audit}`, 'Mend this first: a signature stands in the log.');
  const note = { fromSeconds: 0, toSeconds: 0, label: verdict, text: statement, author };
  const signed = { ...note, signOff: { verdict, manifest, audit } };
  return { answer: await writeNote(folder, session, signed, around) };
}
