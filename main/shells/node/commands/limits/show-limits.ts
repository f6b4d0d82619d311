// `exocortex limits show`: every limit of a file beside its default and its ceiling. Main process of the plain-Node shell.
import { parseArgs } from 'node:util';
import { checkSiteLimits } from '../../../../experiment/site/check-site-limits.ts';
import { siteSummary } from '../../../../experiment/site/site-summary.ts';
import { siteTable, siteTableJson } from '../../../../experiment/site/site-table.ts';
import type { LimitsCommand } from './limits-command.ts';
import { exitCode, onlyOne, printProblems, readForm } from './arguments.ts';

export const showLimits: LimitsCommand = async (shell, args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const file = onlyOne(positionals, 'The file');
  const read = await readForm(shell, file);
  if (typeof read === 'number') return read;
  const { signatures, ...limits } = read;
  if (values.json) {
    shell.print(JSON.stringify(siteTableJson(read)));
    return exitCode.done;
  }
  const signers = signatures.map(({ signer, signedAt }) => `${signer} (${signedAt})`);
  for (const line of [...siteSummary(limits), ...siteTable(limits)]) shell.print(line);
  shell.print('');
  shell.print(
    `${signers.length === 0 ? 'No signature' : `Signatures of ${signers.join(', ')}, not verified here`}: exocortex limits verify ${file}`,
  );
  printProblems(shell, checkSiteLimits(limits));
  return exitCode.done;
};
