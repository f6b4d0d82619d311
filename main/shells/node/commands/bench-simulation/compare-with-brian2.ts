// CUBA and COBA on our back ends and in Brian2, taking turns. Main process of the plain-Node shell.
import { join } from 'node:path';
import { median } from '../../../../../common/base/percentile.ts';
import type { SimulationRunRequest } from '../../../../../common/bench/simulation-run.ts';
import { type BenchContext, configurationFor, measured, Skipped } from './bench-context.ts';
import { PythonPeer } from './python-peer.ts';
import type { FoundPython } from './python-environment.ts';

export const contenders = ['native', 'typescript', 'brian2Cpp', 'brian2Cython'] as const;
export type Contender = (typeof contenders)[number];

export interface ModelComparison {
  neurons: number;
  biologicalSeconds: number;
  runs: number;
  /** Seconds that a second of the network takes on one thread, median. */
  secondsPerBiologicalSecond: Partial<Record<Contender, number>>;
  ratesHz: Partial<Record<Contender, number>>;
  synapses: Partial<Record<Contender, number>>;
  /** Brian2's C++ standalone against our native back end. */
  speedupVsBrian2?: number;
  /** Brian2's runtime with Cython against our TypeScript reference. */
  typescriptVsCython?: number;
}

interface Outcome {
  seconds: number;
  rateHz: number;
  synapses: number;
}

/** Measures one run; more of them with every call. */
type Measure = () => Promise<Outcome>;

const warmUpSeconds = 1;
const defaultSeconds = 5;

export async function compareWithBrian2(
  context: BenchContext,
  model: 'cuba' | 'coba',
  python: FoundPython,
  compiledFolder: string,
): Promise<ModelComparison> {
  const configuration = await configurationFor(context, model);
  const seconds = context.seconds ?? defaultSeconds;
  const neurons = configuration.network.populations.reduce((sum, each) => sum + each.neurons, 0);
  const comparison: ModelComparison = {
    neurons,
    biologicalSeconds: seconds,
    runs: context.repeats,
    secondsPerBiologicalSecond: {},
    ratesHz: {},
    synapses: {},
  };
  const peers: PythonPeer[] = [];
  const measures = new Map<Contender, Measure>();
  for (const backend of ['native', 'typescript'] as const) {
    const request: SimulationRunRequest = {
      configuration,
      backend,
      threads: 1,
      warmUpTicks: warmUpSeconds * 1000,
      ticks: Math.max(1, Math.round(seconds * 1000)),
      runs: 1,
      doesHash: false,
    };
    measures.set(backend, async () => {
      const { runs, spikes, synapses } = await measured(context, request);
      return { seconds: runs[0]!.seconds, rateHz: spikes / neurons / seconds, synapses };
    });
  }
  for (const [contender, target] of [
    ['brian2Cpp', 'cpp'],
    ['brian2Cython', 'cython'],
  ] as const) {
    if ('reason' in python) {
      context.skip(`${model}.${contender}`, python.reason);
      continue;
    }
    context.note(`${model}: Brian2 compiles for ${target === 'cpp' ? 'its C++ standalone' : 'Cython'} …`);
    const script = join(context.platform.applicationFolder, 'resources', 'bench', 'brian2_peer.py');
    const args = [model, target, warmUpSeconds, seconds, compiledFolder];
    const options = { name: 'Brian2', python: python.python, script, args, folder: compiledFolder };
    try {
      const peer = await PythonPeer.start(options);
      peers.push(peer);
      context.machine.brian2 = peer.version;
      measures.set(contender, () => peer.run());
    } catch (error) {
      if (!(error instanceof Skipped)) throw error;
      context.skip(`${model}.${contender}`, error.message);
    }
  }
  try {
    await takeTurns(context, model, measures, comparison);
  } finally {
    for (const peer of peers) peer.dispose();
  }
  return withRatios(comparison);
}

/** On a busy machine all contenders are disturbed alike. */
async function takeTurns(
  context: BenchContext,
  model: string,
  measures: Map<Contender, Measure>,
  comparison: ModelComparison,
): Promise<void> {
  const outcomes = new Map<Contender, Outcome[]>();
  for (let turn = 0; turn < context.repeats; turn++) {
    context.note(`${model}: run ${turn + 1} of ${context.repeats}`);
    for (const [contender, measure] of measures) {
      try {
        outcomes.set(contender, [...(outcomes.get(contender) ?? []), await measure()]);
      } catch (error) {
        if (!(error instanceof Skipped)) throw error;
        context.skip(`${model}.${contender}`, error.message);
        measures.delete(contender);
        outcomes.delete(contender);
      }
    }
  }
  for (const [contender, list] of outcomes) {
    const seconds = median(list.map((outcome) => outcome.seconds));
    if (seconds !== undefined)
      comparison.secondsPerBiologicalSecond[contender] = seconds / comparison.biologicalSeconds;
    comparison.ratesHz[contender] = list.at(-1)!.rateHz;
    comparison.synapses[contender] = list.at(-1)!.synapses;
  }
}

/** A ratio only where both were measured. */
export function withRatios(comparison: ModelComparison): ModelComparison {
  const { native, typescript, brian2Cpp, brian2Cython } = comparison.secondsPerBiologicalSecond;
  return {
    ...comparison,
    ...(native !== undefined && brian2Cpp !== undefined ? { speedupVsBrian2: brian2Cpp / native } : {}),
    ...(typescript !== undefined && brian2Cython !== undefined
      ? { typescriptVsCython: brian2Cython / typescript }
      : {}),
  };
}
