// What decides how an actor of a study learns: its rule or the control, with the study's settings of it; analysis process.
import { readoutOnly } from '../../../common/learning-rule/catalogue/readout-only.ts';
import { rewardStdp } from '../../../common/learning-rule/catalogue/reward-stdp.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import type { RewardBaseline } from '../../../common/rule-study/rule-settings.ts';
import { Random } from '../base/random.ts';
import { RewardedActor } from './rewarded-actor.ts';
import { actorSettings, SpikingActor } from './spiking-actor.ts';

export interface ActorRule {
  readonly declaration: RuleDeclaration;
  readonly parameters: Readonly<Record<string, number>>;
  readonly baseline: RewardBaseline;
}

/** Each use of a seed has random numbers of its own. */
export const actorStreams = { trials: 1, network: 2, activity: 3, probes: 1000 } as const;

/** Of the values that the control's readout gives to actions, in spikes of a neuron. */
const readoutNoise = 1;

/** The same seed has the same network whatever the rule. @param neurons shared out among the actions */
export function createActor(rule: ActorRule, inputs: number, actions: number, neurons: number, seed: number) {
  const { declaration, parameters, baseline } = rule;
  const isControl = declaration.name === readoutOnly.name;
  // The synapses of the control are never told a reward: which rule they follow does not matter.
  const [ofSynapses, given] = isControl ? [rewardStdp, {}] : [declaration, parameters];
  const settings = { ...actorSettings, inputs, actions, neurons };
  const actor = new SpikingActor(settings, parseRule(ofSynapses), given, new Random(seed, actorStreams.network));
  const readout = isControl ? { learningRate: parameters['learningRate']!, noise: readoutNoise } : undefined;
  return new RewardedActor(actor, { baseline, readout });
}
