// `exocortex import`: takes a session into the library, or makes another program's recording one that can be replayed. Main process of the plain-Node shell.
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ImportReport } from '../../../../common/journal/analysis-message.ts';
import { importSessionAt } from '../../../application/import-session-at.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { followAnalysis } from './follow-analysis.ts';

/**
 * @param args what stands behind `import` on the command line.
 * @returns 0 when the session was copied, or the recording written, else 1.
 * @throws RangeError, or parseArgs' TypeError, for a command line that cannot be understood.
 */
export async function importRecording(shell: ShellSetting, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' }, stream: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0)
    throw new RangeError(
      "'import' takes one session's folder, or one file or folder of a recording: docs/import.md lists the formats.",
    );
  const original = resolve(path);
  const session = await importSessionAt(original, resolve(values.out ?? 'sessions'), () => {});
  if (session !== undefined) return tellOfSession(shell, session, values.json);
  const folder = resolve(values.out ?? join('recordings', basename(original).replace(/\.[^.]*$/, '')));
  const stream = values.stream === undefined ? [] : ['--stream', values.stream];
  const outcome = await followAnalysis(shell, 'import', ['--out', folder, ...stream, '--', original], values.json);
  if ('refusal' in outcome) {
    shell.printError(`${outcome.refusal.what}. ${outcome.refusal.cure}`);
    return 1;
  }
  if (values.json) shell.print(JSON.stringify(outcome.result));
  else for (const line of importLines(outcome.result)) shell.print(line);
  return 0;
}

type ImportedSession = NonNullable<Awaited<ReturnType<typeof importSessionAt>>>;

function tellOfSession(shell: ShellSetting, session: ImportedSession, isJson: boolean): number {
  if ('refusal' in session) {
    shell.printError(`${session.refusal.what}. ${session.refusal.cure}`);
    return 1;
  }
  shell.print(isJson ? JSON.stringify({ session: session.folder }) : `session  ${session.folder}`);
  return 0;
}

export function importLines(report: ImportReport): string[] {
  const { format, channels, sampleRateHz, seconds, microvoltsPerBit, events, slips, notes, sidecar } = report;
  return [
    `${format}: ${channels} channels at ${sampleRateHz} Hz, ${seconds.toFixed(3)} s, ${microvoltsPerBit} µV per bit, ${events} events` +
      (slips === null ? '.' : `, ${slips.count === 0 ? 'no' : slips.count} channel slips.`),
    ...notes.map((note) => `note: ${note}`),
    'An experiment replays it with',
    '  source:',
    '    kind: replay',
    `    recording: ${JSON.stringify(sidecar)}`,
  ];
}
