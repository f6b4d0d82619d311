// The result of `exocortex verify` in words for a terminal. Main process of the plain-Node shell.
import type { AuditProblem } from '../../../../common/audit/audit-problem.ts';
import type { AuditSummary } from '../../../../common/audit/summarise-audit.ts';
import type { VerifiedSession } from './verify-session.ts';

/** What was found. */
export interface Verification {
  /** Folder of the audit log. */
  readonly folder: string;
  /** Public key beside the log, Base64. */
  readonly stationKey: string | undefined;
  readonly audit: AuditSummary;
  readonly sessions: readonly VerifiedSession[];
  readonly problems: readonly AuditProblem[];
}

/** One line per check, then one per problem. */
export function verificationWords(found: Verification): string {
  const rows: [string, string][] = [
    ['audit log', found.folder],
    ...auditRows(found.audit, found.stationKey),
    ...found.sessions.flatMap((session) => sessionRows(session, found.audit)),
  ];
  const { length } = found.problems;
  return [
    ...rows.map(([name, value]) => `${name.padEnd(14)}${value}`),
    ...found.problems.map(({ where, what, cure }) => `\n${where}\n  ${what}.\n  ${cure}.`),
    '',
    length === 0 ? 'Everything holds.' : `${counted(length, 'problem')}: this does NOT hold.`,
  ].join('\n');
}

function auditRows(audit: AuditSummary, stationKey: string | undefined): [string, string][] {
  const { entries, segments, starts, checkpoints, keys, unsigned, tornEnds, lastState, brokenAt } = audit;
  const size = `${counted(entries, 'entry', 'entries')} in ${counted(segments, 'segment')}, ${counted(starts, 'start')} of the program`;
  const whose =
    stationKey === undefined
      ? 'no public key of the station lies beside the log'
      : 'the station’s key lies beside the log';
  const left = lastState.left === undefined ? '' : `, latched: ${lastState.left.firstCause.code}`;
  return [
    ['chain', brokenAt === undefined ? `unbroken: ${size}` : `BROKEN at ${brokenAt.file}:${brokenAt.line}: ${size}`],
    [
      'checkpoints',
      `${checkpoints} signed by ${counted(keys.length, 'key')} (${whose}), ${unsigned} entries not signed yet`,
    ],
    ['torn ends', tornEnds === 0 ? 'none' : `${tornEnds} set aside`],
    ['interlock', `left ${lastState.state}${left}`],
  ];
}

function sessionRows(
  {
    folder,
    records,
    requests,
    permits,
    deliveries,
    closedWords,
    sealWords,
    notes,
    signOffs,
    marks,
    problems,
  }: VerifiedSession,
  audit: AuditSummary,
): [string, string][] {
  const isWhole = problems.length === 0;
  const inLog = marks.filter(({ where }) => !audit.problems.some((problem) => problem.where === where)).length;
  return [
    ['session', folder],
    ['  ended', closedWords],
    [
      '  journal',
      `${isWhole ? 'whole' : 'NOT whole'}: ${counted(records, 'record')}, numbered and with their checksums`,
    ],
    [
      '  stimuli',
      `${counted(requests, 'request')}, ${counted(permits, 'permit')}, ${counted(deliveries, 'answer')} of the device`,
    ],
    ['  manifest', sealWords],
    ['  notes', `${counted(notes.size, 'note')}, ${counted(signOffs, 'signature')} among them`],
    ['  audit marks', `${inLog} of ${marks.length} in the log`],
  ];
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
