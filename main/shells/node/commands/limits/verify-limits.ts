// `exocortex limits verify`: says whether a limit file may be used on this station today, or everything that is in the way. Main process of the plain-Node shell.
import { parseArgs } from 'node:util';
import { readSiteFile } from '../../../../experiment/site/read-site-file.ts';
import type { LimitsCommand } from './limits-command.ts';
import { exitCode, onlyOne, printProblems } from './arguments.ts';

export const verifyLimits: LimitsCommand = async (shell, args, { stationFolder, now }) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { probe: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const file = onlyOne(positionals, 'The file');
  const today = now.toISOString().slice(0, 10);
  const verdict = await readSiteFile(file, { stationFolder, today, probeSerial: values.probe });
  if (values.json) shell.print(JSON.stringify({ file, ...verdict }));
  else if (verdict.ok) {
    const { name, version, probeSerial, notAfter } = verdict.limits;
    const signers = verdict.signers.join(' and ');
    shell.print(
      `${file} is valid: version ${version} of ${name} for the probe ${probeSerial}, signed by ${signers}, until ${notAfter}`,
    );
    shell.print(`SHA-256 ${verdict.sha256}`);
  } else {
    printProblems(shell, verdict.problems);
    shell.printError(`${file} is not valid.`);
  }
  if (verdict.ok) return exitCode.done;
  return verdict.problems.some(({ code }) => code === 'unreadable') ? exitCode.badInput : exitCode.refused;
};
