// Rules on our native back end and in Brian2's C++ standalone, taking turns. Main process of the plain-Node shell.
import { join } from 'node:path';
import { median } from '../../../../../common/base/percentile.ts';
import type { SimulationRunRequest } from '../../../../../common/bench/simulation-run.ts';
import { spikingRules } from '../../../../../common/experiment/network/plasticity.ts';
import { type BenchContext, measured, orSkip, Skipped } from '../bench-simulation/bench-context.ts';
import { PythonPeer } from '../bench-simulation/python-peer.ts';
import type { FoundPython } from '../bench-simulation/python-environment.ts';
import { type NetworkSize, poissonNetwork } from './rule-network.ts';

const compared = { pairStdp: 'pair-stdp', rewardStdp: 'reward-stdp' } as const;
type Compared = keyof typeof compared;

/** One thread each. */
export interface RuleComparison {
  neurons: number;
  runs: number;
  /** Seconds that a second of the network takes, medians. */
  secondsPerBiologicalSecond: { native: number; brian2: number };
  /** How many times as fast as Brian2 the native back end is. */
  speedup: number;
  /** Of the receivers. */
  ratesHz: { native: number; brian2: number };
  synapses: { native: number; brian2: number };
}

export type Brian2Comparison = Partial<Record<Compared, RuleComparison>>;

const size: NetworkSize = { neurons: 4000, synapsesPerNeuron: 1000 };
const warmUpSeconds = 0.2;
const defaultSeconds = 1;

export async function compareWithBrian2(
  context: BenchContext,
  python: FoundPython,
  compiledFolder: string,
): Promise<Brian2Comparison> {
  if ('reason' in python) throw new Skipped(python.reason);
  const comparison: Brian2Comparison = {};
  for (const key of ['pairStdp', 'rewardStdp'] as const)
    await orSkip(context, `brian2.${key}`, async () => {
      comparison[key] = await compareRule(context, compared[key], python.python, compiledFolder);
    });
  return comparison;
}

async function compareRule(
  context: BenchContext,
  name: string,
  python: string,
  folder: string,
): Promise<RuleComparison> {
  const rule = spikingRules.find((each) => each.name === name);
  if (rule === undefined) throw new Skipped(`there is no rule ${name}`);
  const seconds = context.seconds ?? defaultSeconds;
  const { neurons, synapsesPerNeuron } = size;
  const request: SimulationRunRequest = {
    configuration: poissonNetwork(rule, size),
    backend: 'native',
    threads: 1,
    warmUpTicks: warmUpSeconds * 1000,
    ticks: Math.max(1, Math.round(seconds * 1000)),
    runs: 1,
    doesHash: false,
  };
  context.note(`${name}: Brian2 compiles …`);
  const script = join(context.platform.applicationFolder, 'resources', 'bench', 'brian2_rules_peer.py');
  const model = `${name}:${neurons}:${synapsesPerNeuron}`;
  const args = [model, 'cpp', warmUpSeconds, seconds, folder];
  const peer = await PythonPeer.start({ name: 'Brian2', python, script, args, folder });
  try {
    context.machine.brian2 = peer.version;
    const [ours, theirs] = [[], []] as [Outcome[], Outcome[]];
    for (let turn = 0; turn < context.repeats; turn++) {
      context.note(`${name} beside Brian2: run ${turn + 1} of ${context.repeats}`);
      const { runs, populations, synapses } = await measured(context, request);
      const rateHz = populations.find((each) => each.name === 'receivers')?.rateHz ?? 0;
      ours.push({ seconds: runs[0]!.seconds, rateHz, synapses });
      theirs.push(await peer.run());
    }
    return { neurons, ...comparisonOf(ours, theirs, seconds) };
  } finally {
    peer.dispose();
  }
}

interface Outcome {
  readonly seconds: number;
  readonly rateHz: number;
  readonly synapses: number;
}

/** @param ours at least one run, and as many of `theirs`. @param biologicalSeconds of a run */
export function comparisonOf(
  ours: readonly Outcome[],
  theirs: readonly Outcome[],
  biologicalSeconds: number,
): Omit<RuleComparison, 'neurons'> {
  const perSecond = (runs: readonly Outcome[]) => median(runs.map(({ seconds }) => seconds))! / biologicalSeconds;
  const [native, brian2] = [perSecond(ours), perSecond(theirs)];
  const last = { native: ours.at(-1)!, brian2: theirs.at(-1)! };
  return {
    runs: ours.length,
    secondsPerBiologicalSecond: { native, brian2 },
    speedup: brian2 / native,
    ratesHz: { native: last.native.rateHz, brian2: last.brian2.rateHz },
    synapses: { native: last.native.synapses, brian2: last.brian2.synapses },
  };
}
