// Reads a network model by itself and reports all that is wrong with it; used by the main process.
import type { Diagnostic } from '../../common/contract/commands.ts';
import type { OwnRule } from '../../common/experiment/checked-experiment.ts';
import { type NetworkModel, networkModelSchema } from '../../common/experiment/network-model.ts';
import { checkNetwork } from './check-network.ts';
import { readInput } from './input-file.ts';
import { readRules, wholeRules } from './read-rules.ts';
import { ProblemList } from './problem-list.ts';

export type LoadedNetwork =
  | { ok: true; network: NetworkModel; ownRules: OwnRule[]; diagnostics: Diagnostic[] }
  | { ok: false; diagnostics: Diagnostic[] };

/** Never throws for what is in the file. @param file path of a network model */
export async function loadNetwork(file: string): Promise<LoadedNetwork> {
  const problems = new ProblemList();
  const content = await readInput('network-model', file, problems);
  const rules = content === undefined ? [] : await readRules(content, problems);
  if (content !== undefined) checkNetwork(content, rules, problems);
  const diagnostics = problems.sorted();
  if (content === undefined || problems.hasErrors) return { ok: false, diagnostics };
  return { ok: true, network: networkModelSchema.parse(content.value), ownRules: wholeRules(rules), diagnostics };
}
