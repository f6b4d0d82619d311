// What decides how an actor of a study learns: its rule or the control, with the study's settings of it; analysis process.
import { readoutOnly } from '../../../common/learning-rule/catalogue/readout-only.ts';
import { rewardStdp } from '../../../common/learning-rule/catalogue/reward-stdp.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import type { RewardBaseline } from '../../../common/rule-study/rule-settings.ts';
import { Random } from '../base/random.ts';
import { actorSettings } from './actor-neurons.ts';
import { RewardedActor } from './rewarded-actor.ts';
import { SpikingActor } from './spiking-actor.ts';

export interface ActorRule {
  readonly declaration: RuleDeclaration;
  readonly parameters: Readonly<Record<string, number>>;
  readonly baseline: RewardBaseline;
}

/** Each use of a seed has random numbers of its own. */
export const actorStreams = { trials: 1, network: 2, activity: 3, changes: 4, gradient: 5, probes: 1000 } as const;

/** Of the values that the control's readout gives to actions, in spikes of a neuron. */
const readoutNoise = 1;

/** Whether only the readout learns. */
export const isControl = ({ declaration }: ActorRule): boolean => declaration.name === readoutOnly.name;

/** The same seed has the same network whatever the rule. @param neurons shared out among the actions */
export function createActor(rule: ActorRule, inputs: number, actions: number, neurons: number, seed: number) {
  const { declaration, parameters, baseline } = rule;
  // The synapses of the control are never told a reward: which rule they follow does not matter.
  const [ofSynapses, given] = isControl(rule) ? [rewardStdp, {}] : [declaration, parameters];
  const settings = { ...actorSettings, inputs, actions, neurons };
  const actor = new SpikingActor(settings, parseRule(ofSynapses), given, new Random(seed, actorStreams.network));
  const readout = isControl(rule) ? { learningRate: parameters['learningRate']!, noise: readoutNoise } : undefined;
  return new RewardedActor(actor, { baseline, readout });
}

/** Of the catalogue's rules for actors: how fast weights follow what the equations say. */
const rates = new Set(['eta', 'k_plus', 'k_minus']);

/** At a thousandth of the learning rate, bounds of weights cut no change of a trial. */
export function slowed(rule: ActorRule): ActorRule {
  const slow = Object.entries(rule.declaration.parameters).flatMap(([key, { symbol, default: standard }]) =>
    rates.has(symbol) ? [[key, (rule.parameters[key] ?? standard) / 1000] as const] : [],
  );
  return { ...rule, parameters: { ...rule.parameters, ...Object.fromEntries(slow) } };
}
