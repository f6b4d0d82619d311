// How fast the full cortical microcircuit runs, and whether it fires as published. Main process of the plain-Node shell.
import { availableParallelism, freemem } from 'node:os';
import { median } from '../../../../../common/base/percentile.ts';
import type { MeasuredSimulation } from '../../../../../common/bench/simulation-run.ts';
import { type BenchContext, configurationFor, measured, orSkip, Skipped } from './bench-context.ts';

/**
 * Mean rates of other simulators, Hz: the range over Potjans & Diesmann (2014) and its later implementations for NEST, SpiNNaker and
 * GeNN (van Albada et al. 2018, Knight & Nowotny 2018).
 */
const publishedHz: Readonly<Record<string, readonly [number, number]>> = {
  l23e: [0.86, 0.97],
  l23i: [2.8, 3.0],
  l4e: [4.4, 4.5],
  l4i: [5.7, 5.9],
  l5e: [7.1, 7.6],
  l5i: [8.1, 8.6],
  l6e: [1.0, 1.1],
  l6i: [7.6, 7.8],
};

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
  populations: { name: string; rateHz: number; publishedHz: readonly number[]; cvOfIntervals: number | null }[];
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
      publishedHz: publishedHz[name] ?? [],
      cvOfIntervals,
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
