// Plays the rig for a simulation: a tick each millisecond over the real socket, and how long its answer took. Bench thread.
import type {
  SimulationLoopLatency,
  SimulationLoopMessage,
  SimulationLoopRequest,
} from '../../common/bench/simulation-loop.ts';
import type { NativeAddon } from '../../native/native-addon.ts';
import { createTickTimer } from '../../native/tick-timer.ts';
import { openSimulationLink, type SimulationLink } from './simulation-link/simulation-link.ts';
import { SimulationLoopLatencies } from './simulation-loop-latencies.ts';

const spikesPerTick = 2;

/** @param send tells the main process which program to start and what was measured */
export async function runSimulationLoopBench(
  request: SimulationLoopRequest,
  native: NativeAddon | undefined,
  send: (message: SimulationLoopMessage) => void,
): Promise<void> {
  const latencies = new SimulationLoopLatencies(request.warmUpTicks, request.ticks);
  const loop = new Loop(latencies, request.configuration.channels);
  const link = await openSimulationLink({
    onResult: ({ tick, computeNs }) => loop.onResult(tick, computeNs),
    // Nobody asks for any.
    onSample: () => undefined,
    onFault: ({ text }) => loop.fail(text),
    onClosed: () => loop.fail('the connection to the program has ended'),
  });
  try {
    send({ kind: 'listening', environment: link.environment });
    await link.configure(request.configuration);
    send({ kind: 'measured', latency: await loop.run(link, request.configuration.tickMilliseconds, native) });
  } catch (error) {
    send({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  } finally {
    link.dispose();
  }
}

class Loop {
  readonly #latencies: SimulationLoopLatencies;
  readonly #channels = new Uint16Array(spikesPerTick);
  readonly #channelCount: number;
  #dueNs: (tick: number) => number = () => 0;
  #end: { resolve: (latency: SimulationLoopLatency) => void; reject: (error: Error) => void } | undefined;

  constructor(latencies: SimulationLoopLatencies, channelCount: number) {
    this.#latencies = latencies;
    this.#channelCount = channelCount;
  }

  async run(link: SimulationLink, tickMilliseconds: number, native: NativeAddon | undefined) {
    const periodNs = tickMilliseconds * 1e6;
    const ended = new Promise<SimulationLoopLatency>((resolve, reject) => (this.#end = { resolve, reject }));
    const timer = createTickTimer(native, periodNs, (tick) => {
      // A tick that finds the program busy goes with the next one.
      if (link.isBusy) return;
      for (let spike = 0; spike < spikesPerTick; spike++) this.#channels[spike] = (tick + spike) % this.#channelCount;
      link.sendTick(tick, tick - this.#latencies.next + 1, this.#channels, spikesPerTick);
    });
    this.#dueNs = (tick) => timer.startedNs + (tick + 1) * periodNs;
    try {
      return await ended;
    } finally {
      timer.dispose();
    }
  }

  onResult(tick: number, computeNs: number): void {
    this.#latencies.answer(tick, Number(process.hrtime.bigint()), computeNs, this.#dueNs);
    if (this.#latencies.isComplete) this.#end?.resolve(this.#latencies.summary());
  }

  fail(reason: string): void {
    this.#end?.reject(new Error(reason));
  }
}
