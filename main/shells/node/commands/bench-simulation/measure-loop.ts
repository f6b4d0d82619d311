// Latency of the loop through the simulation's own process, and through one that computes nothing. Main process of the plain-Node shell.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type {
  SimulationLoopLatency,
  SimulationLoopMessage,
  SimulationLoopRequest,
} from '../../../../../common/bench/simulation-loop.ts';
import { DisposableStore } from '../../../../../common/base/disposable.ts';
import type { ProgramName } from '../../../../rig/platform.ts';
import { type BenchContext, type BenchNetwork, configurationFor, Skipped } from './bench-context.ts';

export interface LoopMeasurement extends SimulationLoopLatency {
  network: BenchNetwork | 'none';
}

export interface LoopMeasurements {
  /** Through a process that computes nothing. */
  control: LoopMeasurement;
  loop: LoopMeasurement;
  /** With all synapses learning: where a tick takes nearly all of its time, or more. */
  plasticLoop: LoopMeasurement;
}

const warmUpTicks = 1000;
const ticksAlone = 100_000;
const ticksAmongOthers = 10_000;

/** @throws Skipped when a program ends before it is measured. */
export async function measureLoop(context: BenchContext): Promise<LoopMeasurements> {
  const ticks =
    context.seconds === undefined
      ? context.isOnlyPart
        ? ticksAlone
        : ticksAmongOthers
      : Math.max(1, Math.round(context.seconds * 1000));
  const through = async (name: ProgramName, network: BenchNetwork, shown: LoopMeasurement['network'] = network) => {
    const configuration = await configurationFor(context, network);
    context.note(`loop: ${ticks} ticks of 1 ms through '${name}', network: ${shown}`);
    return { network: shown, ...(await loopThrough(context, name, { configuration, warmUpTicks, ticks })) };
  };
  return {
    control: await through('simulation-echo', 'cuba', 'none'),
    loop: await through('simulation', 'cuba'),
    plasticLoop: await through('simulation', 'plastic'),
  };
}

async function loopThrough(
  { platform }: BenchContext,
  name: ProgramName,
  request: SimulationLoopRequest,
): Promise<SimulationLoopLatency> {
  const owned = new DisposableStore();
  const thread = new Worker(join(platform.programsFolder, 'simulation-loop-bench-thread.js'), { workerData: request });
  owned.onDispose(() => void thread.terminate());
  try {
    return await new Promise<SimulationLoopLatency>((resolve, reject) => {
      thread.on('message', (message: SimulationLoopMessage) => {
        if (message.kind === 'measured') resolve(message.latency);
        else if (message.kind === 'failed') reject(new Skipped(message.reason));
        else {
          const program = owned.add(platform.startProgram(name, [], message.environment));
          program.onExit(({ code, signal }) =>
            reject(new Skipped(`the program '${name}' ended with ${signal ?? `code ${code}`}`)),
          );
        }
      });
      thread.on('error', reject);
    });
  } finally {
    owned.dispose();
  }
}
