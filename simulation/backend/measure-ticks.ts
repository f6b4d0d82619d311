// Times some ticks of a network on a back end of its own, driven as by a lively recording, before the session; simulation process.
import { percentile } from '../../common/base/percentile.ts';
import { quietSignals } from './check-signals.ts';
import type { Backend } from './backend.ts';
import type { CompiledNetwork } from '../network/compiled-network.ts';

export interface TickMeasurement {
  readonly medianMilliseconds: number;
  /** Nine of ten ticks were faster. */
  readonly p90Milliseconds: number;
}

const warmUpTicks = 10;
const ticks = 100;
/** In each tick one electrode in so many spikes, each in its turn: 10 Hz with a tick of 1 ms. */
const electrodesPerSpike = 100;
/** A back end that is too slow for all of them has shown what it can. */
const enoughMilliseconds = 500;

/** @throws SimulationFaultError when the back end does not take the network. */
export async function measureTicks(
  { open }: { open: (network: CompiledNetwork) => Backend | Promise<Backend> },
  network: CompiledNetwork,
): Promise<TickMeasurement> {
  const backend = await open(network);
  const spiking = new Uint16Array(Math.ceil(network.channels / electrodesPerSpike));
  let electrode = 0;
  const silence = quietSignals(network);
  const times: number[] = [];
  const start = performance.now();
  try {
    for (let tick = 0; tick < warmUpTicks + ticks; tick++) {
      for (let spike = 0; spike < spiking.length; spike++) spiking[spike] = electrode++ % network.channels;
      const before = performance.now();
      await backend.step(spiking, spiking.length, silence);
      const after = performance.now();
      if (tick >= warmUpTicks || times.length === 0) times.push(after - before);
      if (after - start > enoughMilliseconds) break;
    }
  } finally {
    backend.dispose();
  }
  times.sort((a, b) => a - b);
  return { medianMilliseconds: percentile(times, 0.5), p90Milliseconds: percentile(times, 0.9) };
}
