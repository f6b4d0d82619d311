// What `exocortex bench rules` measures and how it is chosen. Main process of the plain-Node shell; pure.
import { spikingRules } from '../../../../../common/experiment/network/plasticity.ts';
import type { RuleDeclaration } from '../../../../../common/learning-rule/declaration.ts';

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
  if (text === undefined) return { rules: spikingRules, peers };
  const names = text.split(',').map((name) => name.trim());
  const known: string[] = [...spikingRules.map(({ name }) => name), ...peers];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new RangeError(`--only names parts out of ${known.join(', ')}, not '${unknown}'.`);
  return {
    rules: spikingRules.filter(({ name }) => names.includes(name)),
    peers: peers.filter((peer) => names.includes(peer)),
  };
}
