// How fast the full cortical microcircuit runs, and whether it fires as published. Main process of the plain-Node shell.
import { availableParallelism, freemem } from 'node:os';
import { median } from '../../../../../common/base/percentile.ts';
import type { MeasuredSimulation } from '../../../../../common/bench/simulation-run.ts';
import { type BenchContext, configurationFor, measured, orSkip, Skipped } from './bench-context.ts';
import { publishedActivity, type PublishedActivity } from './published-activity.ts';

interface PopulationActivity extends PublishedActivity {
  name: string;
  rateHz: number;
  /** Of intervals between spikes, mean over neurons; null where no neuron had enough of them. */
  cvOfIntervals: number | null;
}

export interface Microcircuit {
  /** Seconds that a second of the network takes, median over the runs. */
  realTimeFactor: number;
  threads: number;
  neurons: number;
  synapses: number;
  biologicalSeconds: number;
  runs: number;
  loadSeconds: number;
  peakResidentGigabytes: number;
  populations: PopulationActivity[];
  webgpu?: { realTimeFactor: number; loadSeconds: number; adapter: string };
}

const neededBytes = 6e9;
const defaultSeconds = 2;
const warmUpTicks = 500;

/** @throws Skipped with the reason, for lack of memory among others. */
export async function measureMicrocircuit(context: BenchContext, freeBytes = freemem()): Promise<Microcircuit> {
  if (freeBytes < neededBytes) {
    const [needed, free] = [neededBytes, freeBytes].map((bytes) => (bytes / 1e9).toFixed(1));
    throw new Skipped(`it needs ${needed} GB of memory, and ${free} GB are free`);
  }
  const configuration = await configurationFor(context, 'microcircuit');
  const threads = Math.min(64, availableParallelism());
  const seconds = context.seconds ?? defaultSeconds;
  context.note(`microcircuit: loading, then ${context.repeats} runs of ${seconds} s, threads: ${threads}`);
  const request = {
    configuration,
    backend: 'native',
    threads,
    warmUpTicks,
    ticks: Math.max(1, Math.round(seconds * 1000)),
    runs: context.repeats,
    doesHash: false,
  } as const;
  const answer = await measured(context, request);
  const microcircuit: Microcircuit = {
    realTimeFactor: realTimeFactor(answer, seconds),
    threads,
    neurons: answer.neurons,
    synapses: answer.synapses,
    biologicalSeconds: seconds,
    runs: answer.runs.length,
    loadSeconds: answer.loadSeconds,
    peakResidentGigabytes: answer.peakResidentGigabytes,
    populations: answer.populations.map(({ name, rateHz, cvOfIntervals }) => ({
      name,
      rateHz,
      cvOfIntervals,
      ...publishedActivity[name]!,
    })),
  };
  await orSkip(context, 'microcircuit.webgpu', async () => {
    const onGpu = await measured(context, { ...request, backend: 'webgpu', threads: 1 });
    const { loadSeconds, adapter = 'unnamed' } = onGpu;
    microcircuit.webgpu = { realTimeFactor: realTimeFactor(onGpu, seconds), loadSeconds, adapter };
  });
  return microcircuit;
}

const realTimeFactor = ({ runs }: MeasuredSimulation, seconds: number) =>
  median(runs.map((run) => run.seconds))! / seconds;
