// Entry of the bench of the loop between rig and simulation. Thread of `exocortex bench simulation`.
import { parentPort, workerData } from 'node:worker_threads';
import { Defect } from '../../common/base/assert.ts';
import type { SimulationLoopRequest } from '../../common/bench/simulation-loop.ts';
import { loadNativeOf } from '../../native/load-native.ts';
import { runSimulationLoopBench } from './simulation-loop-bench.ts';

if (parentPort === null) throw new Defect('the loop bench is a worker thread');
const port = parentPort;
const native = loadNativeOf(import.meta.url);
native?.raiseThreadPriority();
await runSimulationLoopBench(workerData as SimulationLoopRequest, native, (message) => port.postMessage(message));
