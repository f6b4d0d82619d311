// Entry of the tick thread of the simulation process: connects to the rig and computes tick by tick.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import type { SimulationAddress } from '../common/simulation-protocol/environment.ts';
import {
  attemptsInOneProgram,
  fromEnvironment,
  type SelfTestResult,
} from '../common/simulation-protocol/gpu-self-test.ts';
import { loadNativeOf } from '../native/load-native.ts';
import { availableMemoryBytes } from './available-memory.ts';
import { chooseBackend, processorBackends } from './backend/choose-backend.ts';
import { gpuCandidate } from './backend/webgpu/gpu-candidate.ts';
import { runSelfTest } from './backend/webgpu/run-self-test.ts';
import { createAnySimulation } from './create-simulation.ts';
import { serveRig } from './serve-rig.ts';

/** A driver that takes longer to start is left alone. */
const selfTestMilliseconds = 5000;

const demanded = process.env['EXOCORTEX_BACKEND'];
const native = loadNativeOf(import.meta.url);
native?.raiseThreadPriority();
/** Runs while the rig connects; under Electron the main process has done it, for this program could not be started again alone. */
const tested = testGpu();

async function testGpu(): Promise<SelfTestResult> {
  if (demanded === 'native' || demanded === 'typescript')
    return { works: 'none', reason: `EXOCORTEX_BACKEND asks for ${demanded}.` };
  const known = fromEnvironment(process.env);
  if (known !== undefined) return known;
  if (process.versions['electron'] !== undefined)
    return { works: 'none', reason: 'The graphics processor has not been tested yet.' };
  return runSelfTest(join(import.meta.dirname, 'gpu-self-test.js'), attemptsInOneProgram, selfTestMilliseconds);
}

serveRig({
  // Given by simulation.ts, which starts this file.
  ...(workerData as SimulationAddress),
  clock: { nowNs: () => Number(process.hrtime.bigint()) },
  create: async (configuration) => {
    const gpu = gpuCandidate(await tested, native, demanded === 'webgpu');
    const processors = availableParallelism();
    return createAnySimulation(
      configuration,
      (network) =>
        chooseBackend(
          network,
          [gpu, ...processorBackends(network, native, processors)],
          demanded,
          configuration.tickMilliseconds,
        ),
      availableMemoryBytes(),
    );
  },
  onClosed(fault) {
    if (fault === undefined) return;
    console.error(`simulation: ${fault.code}: ${fault.text}`);
    process.exitCode = 1;
  },
});
