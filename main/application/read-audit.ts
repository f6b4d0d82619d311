// What the station's audit log says at the start of the program: is it whole, and what stays latched? Main process.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { auditFolderName } from '../../common/audit/station-files.ts';
import { summariseAudit } from '../../common/audit/summarise-audit.ts';
import type { CarriedCause } from '../../common/contract/carried-cause.ts';
import { auditFiles, auditTools, stationKeyBeside } from './audit-on-disk.ts';

export interface AuditAtStart {
  /** What stays latched; undefined: the last start ended in the safe state. */
  readonly left: CarriedCause | undefined;
  /** What is wrong with the log, in words; undefined: nothing. */
  readonly problem: string | undefined;
}

/** Total: a log that cannot be read is a problem, and nobody knows how it ended. */
export function readAudit(stationFolder: string): AuditAtStart {
  const folder = join(stationFolder, auditFolderName);
  if (!existsSync(folder)) return { left: undefined, problem: undefined };
  try {
    const { lastState, problems } = summariseAudit(auditFiles(folder), auditTools, {
      stationKey: stationKeyBeside(folder),
      isBeforeStart: true,
    });
    const [first] = problems;
    return {
      left: lastState.left,
      problem: first === undefined ? undefined : `${first.where}: ${first.what}. ${first.cure}.`,
    };
  } catch (error) {
    const message = `The audit log in ${folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return { left: { firstCause: { code: 'unclean-exit', message }, isAcknowledged: false }, problem: message };
  }
}
