// The tables of `exocortex bench rules`. Main process of the plain-Node shell; pure.
import { textTable } from '../rules/text-table.ts';
import type { RuleComparison } from './compare-with-brian2.ts';
import type { SnnTorchComparison } from './compare-with-snntorch.ts';
import type { RulesBenchResult } from './result.ts';
import type { RuleReport } from './rule-costs.ts';

/** What rules should keep to. */
export const targets = { timesStatic: 3, timesBandwidth: 1.5 } as const;

const fixed = (value: number | null | undefined, digits = 2) => value?.toFixed(digits) ?? '–';
/** With a mark where it is above its target. */
const against = (value: number | null | undefined, target: number) =>
  value === null || value === undefined ? '–' : `${value.toFixed(2)}${value > target ? ' !' : ''}`;

function row({ name, kind, inCache, ...cost }: RuleReport): string[] {
  return [
    name,
    kind,
    fixed(cost.nsPerArrival),
    fixed(cost.nsPerFiring),
    fixed(cost.nsPerEvent),
    against(cost.timesStatic, targets.timesStatic),
    against(inCache?.timesStatic, targets.timesStatic),
    fixed(cost.nsPerSynapseStep, 3),
    against(cost.timesBandwidth, targets.timesBandwidth),
  ];
}

const columns = ['rule', 'at', 'ns/arrival', 'ns/firing', 'ns/event', '× static', 'in cache', 'ns/step', '× copy'];

function ruleLines({ rules, sizes, static: delivery, bandwidthGBps }: RulesBenchResult): string[] {
  if (rules.length === 0) return [];
  const { neurons, synapsesPerNeuron } = sizes.large;
  return [
    '',
    `${neurons} senders and receivers, ${synapsesPerNeuron} synapses each, and a smaller network in the caches; native, 1 thread`,
    ...textTable([columns, ...rules.map(row)]),
    `delivery without learning: ${fixed(delivery?.nsPerEvent)} ns per event, in cache ${fixed(delivery?.inCacheNsPerEvent)}; copy: ${fixed(bandwidthGBps, 1)} GB/s`,
    `'!': above ${targets.timesStatic} × static delivery, or above ${targets.timesBandwidth} × the time of reading and writing a synapse's state once`,
  ];
}

const comparisonLine = (name: string, comparison: RuleComparison | undefined): string[] => {
  if (comparison === undefined) return [];
  const { secondsPerBiologicalSecond: seconds, ratesHz, synapses, speedup } = comparison;
  return [
    `${name} in Brian2: native ${fixed(seconds.native, 3)} s per s (${synapses.native} synapses, ${fixed(ratesHz.native, 1)} Hz), C++ standalone ${fixed(seconds.brian2, 3)} (${synapses.brian2}, ${fixed(ratesHz.brian2, 1)} Hz): ${fixed(speedup)} times as fast`,
  ];
};

const snnTorchLines = (comparison: SnnTorchComparison) => [
  `iteration of ${comparison.batch} trials: BPTT ${fixed(comparison.bpttSeconds)} s, e-prop ${fixed(comparison.ePropSeconds)} s, snnTorch's BPTT ${fixed(comparison.snnTorchBpttSeconds)} s: ${fixed(comparison.bpttSpeedup)} and ${fixed(comparison.ePropSpeedup)} times as fast; ${comparison.threads} thread each`,
  `  rates: ${fixed(comparison.ratesHz.bptt, 1)}, ${fixed(comparison.ratesHz.ePropSymmetric, 1)} and ${fixed(comparison.ratesHz.snnTorch, 1)} Hz; ${comparison.differences.join('; ')}`,
];

/** Everything that was measured, and why the rest was not. */
export function rulesLines(result: RulesBenchResult): string[] {
  const { machine, brian2, snnTorch, skipped } = result;
  return [
    `${machine.processor}, ${machine.processors} processors, ${machine.instructionSet ?? 'instructions not known'}; Brian2 ${machine.brian2 ?? '–'}, snnTorch ${machine.snnTorch ?? '–'}; load before: ${machine.loadAverage ?? 'not known'}`,
    ...ruleLines(result),
    ...comparisonLine('pair STDP', brian2?.pairStdp),
    ...comparisonLine('reward-modulated STDP', brian2?.rewardStdp),
    ...(snnTorch === undefined ? [] : snnTorchLines(snnTorch)),
    ...skipped.map(({ what, reason }) => `skipped: ${what}: ${reason}`),
  ];
}
