// `exocortex limits trust`: enrols a public key, so that this station believes its signatures. Main process of the plain-Node shell.
import { parseArgs } from 'node:util';
import { enrolKey, trustedKeySchema } from '../../../../experiment/site/trusted-keys.ts';
import type { LimitsCommand } from './limits-command.ts';
import { exitCode, needed, onlyOne, printProblems, tryWriting } from './arguments.ts';

export const trustKey: LimitsCommand = async (shell, args, { stationFolder }) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { name: { type: 'string' }, role: { type: 'string' } },
  });
  const publicKey = onlyOne(positionals, 'The public key');
  const parsed = trustedKeySchema.safeParse({ name: needed(values, 'name'), role: needed(values, 'role'), publicKey });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new RangeError(`${String(issue?.path[0])}: ${issue?.message}.`);
  }
  const { name, role } = parsed.data;
  const written = await tryWriting(shell, stationFolder, () => enrolKey(stationFolder, parsed.data));
  if (typeof written === 'number') return written;
  const { answer: enrolment } = written;
  if (typeof enrolment === 'object') {
    printProblems(shell, [enrolment.problem]);
    return exitCode.refused;
  }
  const state = enrolment === 'known' ? 'enrolled already' : 'enrolled';
  shell.print(`${name} is ${state} as ${role} on this station (${stationFolder}).`);
  return exitCode.done;
};
