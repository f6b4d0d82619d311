// What kind of folder `exocortex verify` was given. Main process of the plain-Node shell.
import { existsSync, readdirSync } from 'node:fs';
import { segmentNumbers } from '../../../../common/audit/segment.ts';
import { auditFolderName } from '../../../../common/audit/station-files.ts';
import { journalFileName, sessionFileName } from '../../../../common/journal/session-documents.ts';

/** What a folder is, by what lies in it; undefined when it is nothing that can be verified. */
export function kindOfFolder(folder: string): 'session' | 'station' | 'audit log' | undefined {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  if (names.includes(journalFileName) || names.includes(sessionFileName)) return 'session';
  if (segmentNumbers(names).length > 0) return 'audit log';
  return names.includes(auditFolderName) ? 'station' : undefined;
}
