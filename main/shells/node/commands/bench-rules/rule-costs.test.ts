import { describe, expect, it } from 'vitest';
import type { MeasuredRuleCost, NetworkCost } from '../../../../../common/bench/rule-cost.ts';
import { spikingRules } from '../../../../../common/experiment/network/plasticity.ts';
import { costOf, kindOf, reportOf, stateBytes, staticCost } from './rule-costs.ts';

const rule = (name: string) => spikingRules.find((each) => each.name === name)!;
const all = (p50: number) => ({ p25: p50 / 2, p50, p75: p50 * 2 });
const network = (arriving: number, firing: number, quiet: number): NetworkCost => ({
  arrivals: { extraMilliseconds: all(arriving), events: 100_000 },
  firings: { extraMilliseconds: all(firing), events: 300_000 },
  quietMilliseconds: all(quiet),
});
/** Delivery costs 1 ns; a copy reads and writes 32 bytes in a ns. */
const measured = (learning: NetworkCost): MeasuredRuleCost => ({
  kind: 'measured',
  synapses: 1_000_000,
  learning,
  withoutLearning: network(0.1, 0.01, 0.02),
  bandwidthGigabytesPerSecond: 32,
});

describe('costOf', () => {
  it('shares what spikes cost among arrivals and firings where the rule says something of both', () => {
    const cost = costOf(rule('pair-stdp'), measured(network(0.2, 0.6, 0.02)));
    expect(cost.nsPerEvent).toBeCloseTo(2, 9);
    expect(cost.timesStatic).toBeCloseTo(2, 9);
    expect(cost).toMatchObject({ nsPerSynapseStep: null, timesBandwidth: null });
  });

  it('counts what learning adds to the quiet ticks of a cycle where only events change synapses', () =>
    expect(costOf(rule('pair-stdp'), measured(network(0.2, 0.6, 0.12))).nsPerEvent).toBeCloseTo(3, 9));

  it('shares it among arrivals alone where the rule says nothing of firings', () =>
    expect(costOf(rule('clopath-stdp'), measured(network(0.2, 0.1, 2))).nsPerEvent).toBeCloseTo(3, 9));

  it('takes the step from quiet ticks, less those of the network without learning', () => {
    // Weight and one variable, read and written: 16 bytes take half a ns.
    const cost = costOf(rule('reward-stdp'), measured(network(0.2, 0.6, 1.02)));
    expect(cost.nsPerSynapseStep).toBeCloseTo(1, 9);
    expect(cost.timesBandwidth).toBeCloseTo(2, 9);
  });
});

it('tells by the declaration when synapses change and what they keep', () => {
  expect(['pair-stdp', 'e-prop-lif', 'reward-stdp'].map((name) => kindOf(rule(name)))).toEqual([
    'events',
    'steps',
    'events-and-steps',
  ]);
  expect(['pair-stdp', 'superspike'].map((name) => stateBytes(rule(name)))).toEqual([4, 12]);
});

it('reports a rule in both networks, with firings only where they are events', () => {
  const answer = measured(network(0.2, 0.6, 1.02));
  const report = reportOf(rule('pair-stdp'), answer, measured(network(0.1, 0.3, 0.02)));
  expect(report.nsPerArrival).toBeCloseTo(2, 9);
  expect(report.nsPerFiring).toBeCloseTo(2, 9);
  expect(report.inCache?.nsPerEvent).toBeCloseTo(1, 9);
  expect(reportOf(rule('e-prop-lif'), answer)).toMatchObject({ nsPerFiring: null, inCache: null });
});

it('gives the median of what delivery cost beside each rule', () => {
  const answer = measured(network(0.2, 0.6, 1.02));
  expect(staticCost([answer], [])).toEqual({ nsPerEvent: 1, inCacheNsPerEvent: null });
  expect(staticCost([], [answer])).toBeUndefined();
});
