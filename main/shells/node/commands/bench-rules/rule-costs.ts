// What a learning rule costs, from the times of ticks. Main process of the plain-Node shell; pure.
import { median } from '../../../../../common/base/percentile.ts';
import { type EventCost, type MeasuredRuleCost, ticksOfCycle } from '../../../../../common/bench/rule-cost.ts';
import type { RuleDeclaration } from '../../../../../common/learning-rule/declaration.ts';

export const ruleKinds = ['events', 'steps', 'events-and-steps'] as const;
/** When a rule changes synapses: at spikes, in every step, or both. */
export type RuleKind = (typeof ruleKinds)[number];

/** In one network. What a rule does not have is null. */
export interface RuleCost {
  /**
   * An arriving spike's synapse with its delivery, or a synapse of a receiver that fires, where the rule says something of that; with what is
   * put off to other ticks.
   */
  nsPerEvent: number;
  /** Against the delivery of a spike to a synapse that does not learn, in the same network. */
  timesStatic: number;
  /** What spikes cost is not in it. */
  nsPerSynapseStep: number | null;
  /** Against reading and writing once what a synapse keeps, at the measured rate of a copy. */
  timesBandwidth: number | null;
}

export interface RuleReport extends RuleCost {
  name: string;
  kind: RuleKind;
  /** ns, by kind of event; null where the rule says nothing of firing receivers. */
  nsPerArrival: number;
  nsPerFiring: number | null;
  /** The same in a network that the caches hold; null if it was not measured. */
  inCache: RuleCost | null;
}

export interface StaticCost {
  /** Delivery of a spike to a synapse that does not learn; median over the rules' runs. */
  nsPerEvent: number;
  inCacheNsPerEvent: number | null;
}

export function kindOf({ on }: RuleDeclaration): RuleKind {
  if (on.step === undefined) return 'events';
  return on.arrival === undefined && on.firing === undefined ? 'steps' : 'events-and-steps';
}

/** @returns bytes of what a synapse keeps by its declaration: a word for the weight and for each variable, also where one for a receiver would do */
export const stateBytes = ({ synapse }: RuleDeclaration) => 4 * (1 + Object.keys(synapse).length);

const nsOf = ({ extraMilliseconds }: EventCost) => extraMilliseconds.p50 * 1e6;
const nsEach = (cost: EventCost) => nsOf(cost) / cost.events;

/** @returns ns for a synapse that does not learn */
export const staticNsPerEvent = ({ withoutLearning }: MeasuredRuleCost) => nsEach(withoutLearning.arrivals);

export function costOf(rule: RuleDeclaration, measured: MeasuredRuleCost): RuleCost {
  const { arrivals, firings, quietMilliseconds } = measured.learning;
  // Without an equation for them, firings are no events; what they cost (traces) is a cost of arrivals.
  const events = arrivals.events + (rule.on.firing === undefined ? 0 : firings.events);
  const nsPerEvent = (nsOf(arrivals) + nsOf(firings) + putOffNs(rule, measured)) / events;
  const stepNs = (quietMilliseconds.p50 - measured.withoutLearning.quietMilliseconds.p50) * 1e6;
  const nsPerSynapseStep = rule.on.step === undefined ? null : stepNs / measured.synapses;
  const leastNs = (2 * stateBytes(rule)) / measured.bandwidthGigabytesPerSecond;
  return {
    nsPerEvent,
    timesStatic: nsPerEvent / staticNsPerEvent(measured),
    nsPerSynapseStep,
    timesBandwidth: nsPerSynapseStep === null ? null : nsPerSynapseStep / leastNs,
  };
}

/**
 * Where only events change synapses, what learning adds to quiet ticks is work on events too: some of it is put off, and done when weights
 * are summed.
 */
function putOffNs({ on }: RuleDeclaration, { learning, withoutLearning }: MeasuredRuleCost): number {
  if (on.step !== undefined) return 0;
  return ticksOfCycle * (learning.quietMilliseconds.p50 - withoutLearning.quietMilliseconds.p50) * 1e6;
}

/** @param inCache absent: it was not measured */
export function reportOf(rule: RuleDeclaration, measured: MeasuredRuleCost, inCache?: MeasuredRuleCost): RuleReport {
  const { arrivals, firings } = measured.learning;
  return {
    name: rule.name,
    kind: kindOf(rule),
    ...costOf(rule, measured),
    nsPerArrival: nsEach(arrivals),
    nsPerFiring: rule.on.firing === undefined ? null : nsEach(firings),
    inCache: inCache === undefined ? null : costOf(rule, inCache),
  };
}

/** @returns undefined of nothing */
export function staticCost(
  measured: readonly MeasuredRuleCost[],
  inCache: readonly MeasuredRuleCost[],
): StaticCost | undefined {
  const nsPerEvent = median(measured.map(staticNsPerEvent));
  if (nsPerEvent === undefined) return undefined;
  return { nsPerEvent, inCacheNsPerEvent: median(inCache.map(staticNsPerEvent)) ?? null };
}
