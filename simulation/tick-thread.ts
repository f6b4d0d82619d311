// Entry of the tick thread of the simulation process: connects to the rig and computes tick by tick.
import { workerData } from 'node:worker_threads';
import type { SimulationAddress } from '../common/simulation-protocol/environment.ts';
import { loadNativeOf } from '../native/load-native.ts';
import { chooseBackend } from './backend/choose-backend.ts';
import { createSimulation } from './create-simulation.ts';
import { serveRig } from './serve-rig.ts';

const native = loadNativeOf(import.meta.url);
native?.raiseThreadPriority();
serveRig({
  // Given by simulation.ts, which starts this file.
  ...(workerData as SimulationAddress),
  clock: { nowNs: () => Number(process.hrtime.bigint()) },
  create: (configuration) => createSimulation(configuration, chooseBackend(native)),
  onClosed(fault) {
    if (fault === undefined) return;
    console.error(`simulation: ${fault.code}: ${fault.text}`);
    process.exitCode = 1;
  },
});
