// `exocortex verify`: is the station's audit log whole, and are sessions what was recorded? It changes nothing. Main process of the plain-Node shell.
import { join, resolve } from 'node:path';
import { auditFolderName } from '../../../../common/audit/station-files.ts';
import { summariseAudit } from '../../../../common/audit/summarise-audit.ts';
import { auditFiles, auditTools, stationKeyBeside } from '../../../application/audit-on-disk.ts';
import { missingNote } from '../../../application/verify-notes.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { kindOfFolder } from './verify-files.ts';
import { verifySession } from './verify-session.ts';
import { type Verification, verificationWords } from './verify-words.ts';

/** Exit codes of `verify`. */
const exitCode = { holds: 0, doesNotHold: 1, badInput: 2 } as const;

/**
 * @param folders sessions, and at most one station or folder of an audit log; without one the station of this computer.
 * @returns 0 only when everything holds, 2 when there is nothing to verify, else 1.
 */
export function verify(setting: ShellSetting, folders: readonly string[], isJson: boolean): number {
  let found: Verification | string;
  try {
    const named = sortOut(
      folders.map((folder) => resolve(folder)),
      setting.platform.stationFolder,
    );
    found = typeof named === 'string' ? named : examine(named);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    found = `${error.message}. Check that this is a folder and that this user may read what is in it.`;
  }
  if (typeof found === 'string') {
    setting.printError(found);
    return exitCode.badInput;
  }
  setting.print(isJson ? JSON.stringify(verificationResult(found)) : verificationWords(found));
  return found.problems.length === 0 ? exitCode.holds : exitCode.doesNotHold;
}

interface NamedFolders {
  readonly log: string;
  readonly sessions: readonly string[];
}

/** @returns what is to be verified, or why nothing can be. */
function sortOut(folders: readonly string[], stationFolder: string): NamedFolders | string {
  const sessions: string[] = [];
  const logs: string[] = [];
  for (const folder of folders) {
    const kind = kindOfFolder(folder);
    if (kind === undefined)
      return `${folder} holds neither a session nor an audit log. Name folders of sessions, or the folder of a station.`;
    if (kind === 'session') sessions.push(folder);
    else logs.push(kind === 'station' ? join(folder, auditFolderName) : folder);
  }
  if (logs.length > 1)
    return `There are ${logs.length} audit logs among the folders. Verify one station after the other.`;
  const log = logs[0] ?? join(stationFolder, auditFolderName);
  if (kindOfFolder(log) !== 'audit log')
    return `There is no audit log in ${log}. Name the folder of the station: it holds a folder ${auditFolderName}.`;
  return { log, sessions };
}

function examine({ log, sessions: folders }: NamedFolders): Verification {
  const stationKey = stationKeyBeside(log);
  const sessions = folders.map((folder) => verifySession(folder, stationKey));
  const marks = sessions.flatMap((session) => session.marks);
  const audit = summariseAudit(auditFiles(log), auditTools, { stationKey, marks });
  const missing = sessions.flatMap(({ folder, session, notes }) => {
    const named = session === undefined ? undefined : audit.newestNotes.get(session);
    return named === undefined ? [] : missingNote(folder, notes, named);
  });
  const problems = [...audit.problems, ...sessions.flatMap((session) => session.problems), ...missing];
  return { folder: log, stationKey, audit, sessions, problems };
}

/** What `--json` prints. */
function verificationResult({ folder, stationKey, audit, sessions, problems }: Verification) {
  const { entries, segments, brokenAt, starts, checkpoints, keys, unsigned, tornEnds, lastState } = audit;
  return {
    ok: problems.length === 0,
    folder,
    entries,
    segments,
    ...(brokenAt === undefined ? {} : { brokenAt }),
    starts,
    checkpoints,
    unsigned,
    keys,
    ...(stationKey === undefined ? {} : { stationKey }),
    tornEnds,
    interlock: lastState.state,
    sessions: sessions.map(({ folder: session, marks, problems: own, notes, sealWords, closedWords, ...counts }) => ({
      ...counts,
      folder: session,
      ended: closedWords,
      manifest: sealWords,
      notes: notes.size,
      ok: own.length === 0 && !audit.problems.some(({ where }) => marks.some((mark) => mark.where === where)),
      marks: marks.map(({ mark }) => mark),
    })),
    problems,
  };
}
