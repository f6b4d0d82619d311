// `exocortex rules`: lists, shows, checks and compares learning rules. Main process of the plain-Node shell.
import type { ShellSetting } from '../shell-setting.ts';
import { checkRules } from './rules/check-rules.ts';
import { compareRules } from './rules/compare-rules.ts';
import { listRules } from './rules/list-rules.ts';
import { showRule } from './rules/show-rule.ts';

export const rulesHelp = `Learning rules: what there is, whether it is right, and what it can do.

  exocortex rules list [--json]           every rule: what a synapse must know, and where the rule runs
  exocortex rules show <rule> [--json]    its equations, parameters, reads and sources
  exocortex rules check [--json]          measures every check, and every wrong implementation that it must catch
      --only ID ...                       checks by their names, or all of a rule by its name
  exocortex rules compare <study file>    the same networks, seeds and task for every rule of the study
      --out DIR                           folder for the results (default: studies/<name of the file>); goes on where it was
      --seeds N                           in place of the study's own
      --json                              the last line of standard output is one JSON object

'check' exits with 1 when a check fails or a wrong implementation passes it; 'compare' with 1 when something that the study
expects is not met, or it was stopped; both with 2 on bad input.`;

/** @returns an exit code; 2 for bad input. */
export type RulesCommand = (shell: ShellSetting, args: string[]) => Promise<number>;

const commands: Readonly<Record<string, RulesCommand>> = {
  list: listRules,
  show: showRule,
  check: checkRules,
  compare: compareRules,
};

/**
 * @param args what stands behind `rules` on the command line.
 * @throws RangeError, or parseArgs' TypeError, for a command line that cannot be understood; its message says why.
 */
export async function rules(shell: ShellSetting, args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || rest.includes('--help')) {
    shell.print(rulesHelp);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new RangeError(`There is no command 'rules ${name}'.`);
  return command(shell, rest);
}
