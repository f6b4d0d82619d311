// How long a tick of 1 ms takes when all synapses learn, on one thread and on two. Main process of the plain-Node shell.
import { median } from '../../../../../common/base/percentile.ts';
import type { MeasuredSimulation, SimulationRunRequest } from '../../../../../common/bench/simulation-run.ts';
import { type BenchContext, configurationFor, measured, orSkip } from './bench-context.ts';

/** ms per tick; medians over the runs. */
export interface TickTimes {
  p50: number;
  p99: number;
  p999: number;
  max: number;
}

export interface ThreadTimes extends TickTimes {
  threads: number;
}

export interface PlasticTicks extends ThreadTimes {
  neurons: number;
  synapses: number;
  rateHz: number;
  runs: number;
  ticksPerRun: number;
  loadSeconds: number;
  byThreads: ThreadTimes[];
  webgpu?: TickTimes & { adapter: string };
}

const threadCounts = [1, 2] as const;
const warmUpTicks = 500;
const ticksMin = 3000;

/** @returns the times of every number of threads, and first those of the fastest. @throws Skipped */
export async function measurePlastic(context: BenchContext): Promise<PlasticTicks> {
  const configuration = await configurationFor(context, 'plastic');
  const ticks = Math.max(ticksMin, Math.round((context.seconds ?? 0) * 1000));
  const requestOf = (backend: 'native' | 'webgpu', threads: number): SimulationRunRequest => {
    context.note(`plastic: ${context.repeats} runs of ${ticks} ticks, ${backend}, threads: ${threads}`);
    return { configuration, backend, threads, warmUpTicks, ticks, runs: context.repeats, doesHash: false };
  };
  const answers: { threads: number; answer: MeasuredSimulation }[] = [];
  for (const threads of threadCounts)
    answers.push({ threads, answer: await measured(context, requestOf('native', threads)) });
  const byThreads = answers.map(({ threads, answer }) => ({ threads, ...tickTimes(answer) }));
  const [fastest] = byThreads.toSorted((a, b) => a.p50 - b.p50);
  const { neurons, synapses, spikes, loadSeconds } = answers[0]!.answer;
  const plastic: PlasticTicks = {
    ...fastest!,
    neurons,
    synapses,
    rateHz: (spikes / neurons / ticks / context.repeats) * 1000,
    runs: context.repeats,
    ticksPerRun: ticks,
    loadSeconds,
    byThreads,
  };
  await orSkip(context, 'plastic.webgpu', async () => {
    const answer = await measured(context, requestOf('webgpu', 1));
    plastic.webgpu = { ...tickTimes(answer), adapter: answer.adapter ?? 'unnamed' };
  });
  return plastic;
}

function tickTimes({ runs }: MeasuredSimulation): TickTimes {
  const middle = (value: (run: (typeof runs)[number]) => number) => median(runs.map(value))!;
  return {
    p50: middle((run) => run.p50Milliseconds),
    p99: middle((run) => run.p99Milliseconds),
    p999: middle((run) => run.p999Milliseconds),
    max: Math.max(...runs.map((run) => run.maxMilliseconds)),
  };
}
