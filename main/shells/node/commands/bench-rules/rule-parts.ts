// What `exocortex bench rules` measures and how it is chosen. Main process of the plain-Node shell; pure.
import { spikingRules } from '../../../../../common/experiment/network/plasticity.ts';
import type { RuleDeclaration } from '../../../../../common/learning-rule/declaration.ts';
import { chosenNames } from '../chosen-names.ts';

export const peers = ['brian2', 'snnTorch'] as const;
export type Peer = (typeof peers)[number];

export interface RuleParts {
  readonly rules: readonly RuleDeclaration[];
  readonly peers: readonly Peer[];
}

/**
 * @param text names of rules and peers with commas between them; undefined: all
 * @throws RangeError for a name that there is not
 */
export function rulePartsOf(text: string | undefined): RuleParts {
  const known: readonly string[] = [...spikingRules.map(({ name }) => name), ...peers];
  const names = chosenNames(text, known);
  return {
    rules: spikingRules.filter(({ name }) => names.includes(name)),
    peers: peers.filter((peer) => names.includes(peer)),
  };
}
