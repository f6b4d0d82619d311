// The tables of `exocortex bench simulation`. Main process of the plain-Node shell; pure.
import type { SimulationBenchResult } from './result.ts';
import { contenders, type ModelComparison } from './compare-with-brian2.ts';

const names = {
  native: 'native, 1 thread',
  typescript: 'TypeScript',
  brian2Cpp: 'Brian2, C++ standalone',
  brian2Cython: 'Brian2, Cython',
} as const;

const column = (text: string | number | undefined, width = 12) => String(text ?? '-').padStart(width);
const fixed = (value: number | undefined, digits: number) => column(value?.toFixed(digits));

function comparisonLines(title: string, comparison: ModelComparison): string[] {
  const { secondsPerBiologicalSecond, ratesHz, synapses, speedupVsBrian2, typescriptVsCython } = comparison;
  return [
    '',
    `${title}: ${comparison.neurons} neurons, ${comparison.runs} runs of ${comparison.biologicalSeconds} s`,
    `${''.padEnd(24)}${column('s per s')}${column('Hz')}${column('synapses')}`,
    ...contenders
      .filter((contender) => secondsPerBiologicalSecond[contender] !== undefined)
      .map(
        (contender) =>
          `${names[contender].padEnd(24)}${fixed(secondsPerBiologicalSecond[contender], 4)}${fixed(ratesHz[contender], 2)}${column(synapses[contender])}`,
      ),
    ...(speedupVsBrian2 === undefined
      ? []
      : [`native against C++ standalone: ${speedupVsBrian2.toFixed(2)} times as fast`]),
    ...(typescriptVsCython === undefined
      ? []
      : [`TypeScript against Cython: ${typescriptVsCython.toFixed(2)} times as fast`]),
  ];
}

function plasticLines({ plasticTickMs }: SimulationBenchResult): string[] {
  if (plasticTickMs === undefined) return [];
  const { neurons, synapses, rateHz, runs, ticksPerRun, byThreads, webgpu } = plasticTickMs;
  const rows = [
    ...byThreads.map((times) => ({ name: `native, threads: ${times.threads}`, ...times })),
    ...(webgpu === undefined ? [] : [{ name: webgpu.adapter, ...webgpu }]),
  ];
  return [
    '',
    `plastic: ${neurons} neurons, ${synapses} learning synapses, ${rateHz.toFixed(1)} Hz, ${runs} runs of ${ticksPerRun} ticks; ms per tick of 1 ms`,
    `${''.padEnd(24)}${['p50', 'p99', 'p99.9', 'max'].map((each) => column(each)).join('')}`,
    ...rows.map(
      ({ name, p50, p99, p999, max }) =>
        `${name.padEnd(24)}${[p50, p99, p999, max].map((each) => fixed(each, 3)).join('')}`,
    ),
  ];
}

function microcircuitLines({ microcircuit }: SimulationBenchResult): string[] {
  if (microcircuit === undefined) return [];
  const { realTimeFactor, threads, neurons, synapses, loadSeconds, peakResidentGigabytes } = microcircuit;
  return [
    '',
    `microcircuit: ${neurons} neurons, ${synapses} synapses, ${microcircuit.runs} runs of ${microcircuit.biologicalSeconds} s, threads: ${threads}`,
    `${realTimeFactor.toFixed(2)} s per s; loaded in ${loadSeconds.toFixed(0)} s; at most ${peakResidentGigabytes.toFixed(2)} GB resident`,
    ...(microcircuit.webgpu === undefined
      ? []
      : [`${microcircuit.webgpu.adapter}: ${microcircuit.webgpu.realTimeFactor.toFixed(2)} s per s`]),
    `${''.padEnd(24)}${column('Hz')}${column('published')}${column('CV of ISI')}${column('published')}`,
    ...microcircuit.populations.map(
      ({ name, rateHz, publishedHz, cvOfIntervals, publishedCv }) =>
        `${name.padEnd(24)}${fixed(rateHz, 2)}${column(publishedHz.join('-'))}${fixed(cvOfIntervals ?? undefined, 2)}${fixed(publishedCv, 2)}`,
    ),
  ];
}

function parityLines({ parity }: SimulationBenchResult): string[] {
  if (parity === undefined) return [];
  return [
    '',
    'parity: spikes and weights, bit by bit',
    ...parity.map(
      ({ network, backEnds, isEqual, steps, spikes, hash }) =>
        `${network.padEnd(10)}${backEnds.join(' = ').padEnd(34)}${isEqual ? 'equal' : 'DIFFERENT'}, ${steps} steps, ${spikes} spikes, ${hash.slice(0, 16)}`,
    ),
  ];
}

function loopLines({ loopMs, plasticLoopMs, control }: SimulationBenchResult): string[] {
  const measurements = [control, loopMs, plasticLoopMs].filter((each) => each !== undefined);
  const [first] = measurements;
  if (first === undefined) return [];
  return [
    '',
    `loop: from the moment when a tick of 1 ms is due to its answer, ${first.ticks} ticks; ms`,
    `${''.padEnd(24)}${['p50', 'p99', 'p99.9', 'max', 'late'].map((each) => column(each)).join('')}`,
    ...measurements.map(
      ({ network, p50, p99, p999, max, lateShare }) =>
        `${(network === 'none' ? 'no simulation' : network).padEnd(24)}${[p50, p99, p999, max].map((each) => fixed(each, 3)).join('')}${column(`${(100 * lateShare).toFixed(2)} %`)}`,
    ),
  ];
}

/** @returns line by line */
export function resultLines(result: SimulationBenchResult): string[] {
  const { machine, cuba, coba, skipped } = result;
  return [
    `${machine.processor}, ${machine.processors} processors, ${machine.memoryGigabytes} GB, ${machine.system}, Node ${machine.node}`,
    `native instructions: ${machine.instructionSet ?? 'not known'}; Brian2: ${machine.brian2 ?? 'none'}; load before: ${machine.loadAverage ?? 'not known'}`,
    ...(cuba === undefined ? [] : comparisonLines('CUBA', cuba)),
    ...(coba === undefined ? [] : comparisonLines('COBA', coba)),
    ...plasticLines(result),
    ...microcircuitLines(result),
    ...parityLines(result),
    ...loopLines(result),
    ...(skipped.length === 0 ? [] : ['']),
    ...skipped.map(({ what, reason }) => `skipped: ${what}: ${reason}`),
  ];
}
