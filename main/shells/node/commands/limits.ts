// `exocortex limits`: makes, signs, enrols, verifies and shows the limit files of a site. Main process of the plain-Node shell.
import type { LimitsCommand, LimitsOptions, LimitsShell } from './limits/limits-command.ts';
import { makeKey } from './limits/make-key.ts';
import { newLimits } from './limits/new-limits.ts';
import { showLimits } from './limits/show-limits.ts';
import { signLimits } from './limits/sign-limits.ts';
import { trustKey } from './limits/trust-key.ts';
import { verifyLimits } from './limits/verify-limits.ts';

export const limitsHelp = `Limit files of a site: what may be done to the tissue on one probe, signed by the PI.

  exocortex limits new                 begins a file, or its next version, without signatures
      --profile P --probe SERIAL --name N --author A
      --electrodes 0-59 --area UM2 --material M     a group of electrodes and their metal
      --reason R --not-after YYYY-MM-DD --out FILE
      --set KEY=VALUE                  any limit of the group; total.KEY, timing.KEY, activity.KEY; as often as needed
      --from FILE                      the version that is carried on: what is not given comes from there
  exocortex limits key --name NAME --out FILE         makes a private key, and prints the public one
  exocortex limits trust --name NAME --role PI|second PUBLIC_KEY   lets this station believe a key
  exocortex limits sign FILE --key KEYFILE --name NAME
  exocortex limits verify FILE [--probe SERIAL] [--json]
  exocortex limits show FILE [--json]

'verify' exits with 0 only when the file may be used now; 1 says that it may not, 2 that the command line or a file cannot be read.`;

const commands: Readonly<Record<string, LimitsCommand>> = {
  new: newLimits,
  key: makeKey,
  trust: trustKey,
  sign: signLimits,
  verify: verifyLimits,
  show: showLimits,
};

/**
 * @param args what stands behind `limits` on the command line.
 * @returns the exit code: 0 done or valid, 1 refused or not valid, 2 bad input.
 * @throws RangeError, or parseArgs' TypeError, for a command line that cannot be understood; its message says why.
 */
export async function limits(shell: LimitsShell, args: string[], options: LimitsOptions): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || rest.includes('--help')) {
    shell.print(limitsHelp);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new RangeError(`There is no command 'limits ${name}'.`);
  return command(shell, rest, options);
}
