// `exocortex export`: writes a session's NWB file. Main process of the plain-Node shell.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { numberOption } from '../number-option.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { followAnalysis } from './follow-analysis.ts';

/**
 * @param args what stands behind `export` on the command line.
 * @returns the arguments of the analysis program's job, and whether the outcome is printed as JSON.
 * @throws RangeError, or parseArgs' TypeError, for a command line that cannot be understood.
 */
export function exportArguments(args: string[]): { job: string[]; isJson: boolean } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      nwb: { type: 'string' },
      gzip: { type: 'string' },
      for: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [session, ...more] = positionals;
  if (session === undefined || more.length > 0) throw new RangeError("'export' takes one session's folder.");
  if (values.for !== undefined && values.for !== 'neo')
    throw new RangeError(
      `--for takes 'neo', for python-neo, not '${values.for}'. Leave it out for every other program.`,
    );
  const gzip = values.gzip === undefined ? [] : ['--gzip', `${numberOption('gzip', values.gzip, 0, 9)}`];
  const reader = values.for === undefined ? [] : ['--for', values.for];
  const out = values.nwb === undefined ? [] : ['--out', resolve(values.nwb)];
  return { job: [...out, ...gzip, ...reader, '--', resolve(session)], isJson: values.json };
}

/**
 * @param args what stands behind `export` on the command line.
 * @returns 0 when the file was written, else 1; then one that was there before is unchanged.
 * @throws as `exportArguments` does.
 */
export async function exportSession(shell: ShellSetting, args: string[]): Promise<number> {
  const { job, isJson } = exportArguments(args);
  const outcome = await followAnalysis(shell, 'export', job, isJson);
  if ('refusal' in outcome) {
    shell.printError(`${outcome.refusal.what}. ${outcome.refusal.cure}`);
    return 1;
  }
  const { nwbFile, bytes, journal } = outcome.result;
  if (isJson) {
    shell.print(JSON.stringify(outcome.result));
    return 0;
  }
  shell.print(`NWB       ${nwbFile}, ${(bytes / 1e6).toFixed(1)} MB`);
  const { tornBytes, framesLost } = journal;
  const isWhole = tornBytes === 0 && framesLost === 0;
  shell.print(
    isWhole
      ? 'journal   whole'
      : `journal   ${framesLost} records are lost, ${tornBytes} bytes at its end are torn: the file has what is there`,
  );
  return 0;
}
