// `exocortex limits key`: makes a private key for signing limit files. Main process of the plain-Node shell.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { newSigningKey } from '../../../../experiment/site/ed25519.ts';
import type { LimitsCommand } from './limits-command.ts';
import { exitCode, needed, tryWriting } from './arguments.ts';

const readableByOwner = 0o600;

export const makeKey: LimitsCommand = async (shell, args) => {
  const { values } = parseArgs({ args, options: { name: { type: 'string' }, out: { type: 'string' } } });
  const [name, out] = [needed(values, 'name'), needed(values, 'out')];
  const { pem, publicKey } = newSigningKey();
  const written = await tryWriting(shell, out, () => writeFile(out, pem, { flag: 'wx', mode: readableByOwner }));
  if (typeof written === 'number') return written;
  shell.print(`The private key of ${name} is in ${out}. Whoever has it signs as ${name}: keep it off this station.`);
  shell.print(`Public key: ${publicKey}`);
  shell.print(
    `An administrator enrols it on each station: exocortex limits trust --name '${name}' --role PI ${publicKey}`,
  );
  return exitCode.done;
};
