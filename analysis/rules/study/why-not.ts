// Why a rule is not studied on a task: read from what the rule declares, and written into docs/learning-rules.md; analysis process.
import { bpttSurrogate } from '../../../common/learning-rule/catalogue/bptt-surrogate.ts';
import { rtrl } from '../../../common/learning-rule/catalogue/rtrl.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { instructionSymbolOf, rewardSymbolOf } from '../../../common/rule-study/rule-settings.ts';
import type { NetworkKind } from '../../../common/rule-study/network-kind.ts';
import { networkOf, type StudyTask } from '../../../common/rule-study/task.ts';
import { rulesFor, type StudyKind } from './study-kind.ts';

/** Rules of feedback and inhibition: each is learned with in the studies of another rule. */
export const partOf: Readonly<Record<string, string>> = {
  'weight-mirror-feedback': 'weight-mirror',
  'reconstruction-feedback': 'difference-target-propagation',
  'difference-reconstruction-feedback': 'direct-linear-feedback',
  'local-difference-reconstruction-feedback': 'local-difference-reconstruction',
  'dendritic-microcircuit-inhibition': 'dendritic-microcircuit',
};

/** Why not, by its word in the table. */
export const reasons = {
  control: 'It is the control, which learns in every study.',
  part: 'It teaches the feedback or the inhibition of another rule, and learns in the studies of that rule.',
  twin: 'Its change is that of bptt-surrogate to 1e-12 (check rtrl-equals-bptt), at the number of neurons squared times the cost.',
  untold:
    'It is told neither an error nor a reward, nor what its neuron should do: no task reaches it. Its checks say what it finds in its inputs.',
  'own target':
    'It is told what its own neuron should do, as spikes or as a potential. A task says that of outputs; no hidden neuron has such a target.',
  'no time': 'Its change is of single presentations, of neurons without a memory of the step before.',
  samples: 'It is for neurons that go on in time; single samples are learned by rules without a memory.',
  rates: 'It is for neurons with rates; those of this task fire spikes.',
  spikes: 'It is for neurons that fire spikes; those of this task have rates.',
  'no error': 'It is told a signed error for every neuron; all that an actor is told is one reward.',
  'no chance':
    'It credits what its neurons did by chance, and these do nothing by chance. Rules that bring their own noise are studied instead.',
  'much chance':
    'It needs to know what its own noise did to the cost. Actors fire by chance as well, and no trial can be repeated without the noise.',
  'no teacher':
    'It is told which neurons should fire. In a bandit nobody knows, and errors of outputs also say which should fire less.',
} as const;

export type Reason = keyof typeof reasons;

/**
 * @param kinds all of them: where a rule is studied says what it needs
 * @returns undefined for a rule that can learn the task
 */
export function whyNot(
  rule: RuleDeclaration,
  task: StudyTask['kind'],
  kinds: readonly StudyKind[],
): Reason | undefined {
  const ofTask = kinds.find(({ tasks }) => tasks.includes(task));
  if (ofTask === undefined) throw new RangeError(`No kind of study runs the task '${task}'`);
  if (rulesFor(ofTask, task).some(({ name }) => name === rule.name)) return undefined;
  if (rule.name === ofTask.control.name) return 'control';
  if (Object.hasOwn(partOf, rule.name)) return 'part';
  const homes = kinds
    .filter(({ rules }) => rules.some(({ name }) => name === rule.name))
    .map(({ tasks }) => networkOf(tasks[0]!));
  const network = networkOf(task);
  if (homes.length > 0) return elsewhere(rule, homes, network);
  if (rule.name === rtrl.name) return whyNot(bpttSurrogate, task, kinds) ?? 'twin';
  return isToldItsTarget(rule) ? 'own target' : 'untold';
}

/** By a second state, or as an error of its own. */
const isToldItsTarget = ({ post, thirdFactors }: RuleDeclaration) =>
  Object.values(post).some(({ kind }) => kind === 'second-state') ||
  Object.values(thirdFactors).some(({ pathway }) => pathway === 'separate');

/** @param homes networks that the rule is studied in, others than `network` */
function elsewhere(rule: RuleDeclaration, homes: readonly NetworkKind[], network: NetworkKind): Reason {
  if (network === 'multilayer') return 'samples';
  if (homes.every((home) => home === 'multilayer')) return 'no time';
  const isTold = { reward: rewardSymbolOf(rule) !== undefined, action: instructionSymbolOf(rule) !== undefined };
  if (network === 'recurrent-rate') return 'spikes';
  if (isTold.action) return 'no teacher';
  if (homes.includes('spiking-actor')) return 'no chance';
  if (homes.includes('recurrent-spiking')) return isTold.reward ? 'much chance' : 'no error';
  return 'rates';
}
