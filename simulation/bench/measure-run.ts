// Builds a network, computes it tick by tick and times the ticks; bench program of the simulation.
import { quietSignals } from '../backend/check-signals.ts';
import { createHash } from 'node:crypto';
import { percentile } from '../../common/base/percentile.ts';
import type {
  MeasuredSimulation,
  SimulationRunAnswer,
  SimulationRunRequest,
} from '../../common/bench/simulation-run.ts';
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import type { LoadedNative } from '../../native/load-native.ts';
import { compileNetwork } from '../network/compile-network.ts';
import { findBackend } from './find-backend.ts';
import { instructionSet } from './instruction-set.ts';
import { IntervalStatistics } from './interval-statistics.ts';

/** @param memoryBytes that the network may take. A fault of the simulation is an answer too. */
export async function measureRun(
  request: SimulationRunRequest,
  loaded: LoadedNative,
  memoryBytes = Infinity,
): Promise<SimulationRunAnswer> {
  try {
    return await measure(request, loaded, memoryBytes);
  } catch (error) {
    if (error instanceof SimulationFaultError) return { kind: 'unavailable', reason: error.text };
    throw error;
  }
}

async function measure(
  request: SimulationRunRequest,
  loaded: LoadedNative,
  memoryBytes: number,
): Promise<SimulationRunAnswer> {
  const { configuration, warmUpTicks, ticks, runs } = request;
  const opener = await findBackend(request, loaded);
  if ('missing' in opener) return { kind: 'unavailable', reason: opener.missing };
  const startMs = performance.now();
  const network = compileNetwork(configuration, memoryBytes);
  const backend = await opener.open(network);
  const loadSeconds = (performance.now() - startMs) / 1000;
  const hash = request.doesHash ? createHash('sha256') : undefined;
  const statistics = new IntervalStatistics(network.neurons);
  const times = Array.from({ length: runs }, () => new Float64Array(ticks));
  const silence = quietSignals(network);
  let spikes = 0;
  for (let tick = -warmUpTicks; tick < runs * ticks; tick++) {
    const beganMs = performance.now();
    const answer = backend.step(noInput, 0, silence);
    const fired = answer instanceof Promise ? await answer : answer;
    const tookMs = performance.now() - beganMs;
    hash?.update(Uint32Array.of(fired.length)).update(fired);
    if (tick < 0) continue;
    times[Math.floor(tick / ticks)]![tick % ticks] = tookMs;
    statistics.add(tick, fired);
    spikes += fired.length;
  }
  hash?.update(await backend.plasticWeights());
  const instructions = request.backend === 'native' && 'path' in loaded ? instructionSet(loaded.path) : undefined;
  const seconds = (runs * ticks * configuration.tickMilliseconds) / 1000;
  backend.dispose();
  return {
    kind: 'measured',
    neurons: network.neurons,
    synapses: network.projections.reduce((sum, { targets }) => sum + targets.length, 0),
    loadSeconds,
    peakResidentGigabytes: process.resourceUsage().maxRSS / 1e6,
    runs: times.map(summarize),
    populations: network.populations.map((population) => ({
      name: population.model.name,
      neurons: population.model.neurons,
      ...statistics.of(population, seconds),
    })),
    steps: (warmUpTicks + runs * ticks) * network.stepsPerTick,
    spikes,
    ...(opener.adapter === undefined ? {} : { adapter: opener.adapter }),
    ...(instructions === undefined ? {} : { instructionSet: instructions }),
    ...(hash === undefined ? {} : { hash: hash.digest('hex') }),
  };
}

const noInput = new Uint16Array(0);

function summarize(milliseconds: Float64Array): MeasuredSimulation['runs'][number] {
  const sorted = milliseconds.toSorted();
  const sum = milliseconds.reduce((total, each) => total + each, 0);
  return {
    seconds: sum / 1000,
    p50Milliseconds: percentile(sorted, 0.5),
    p99Milliseconds: percentile(sorted, 0.99),
    p999Milliseconds: percentile(sorted, 0.999),
    maxMilliseconds: percentile(sorted, 1),
  };
}
