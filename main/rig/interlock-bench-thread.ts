// Entry of the interlock bench: plays the rig thread with the real interlock, gate, output control and watchdog thread on a virtual rig. Thread of `exocortex bench interlock`.
import { parentPort, workerData } from 'node:worker_threads';
import { Defect } from '../../common/base/assert.ts';
import { raisePriorityOfThread } from '../../native/raise-priority.ts';
import { type InterlockBenchOptions, runInterlockBench } from './interlock-bench.ts';

if (parentPort === null) throw new Defect('the interlock bench is a worker thread');
const port = parentPort;
raisePriorityOfThread(import.meta.url);
port.postMessage(await runInterlockBench(workerData as InterlockBenchOptions, (done) => port.postMessage({ done })));
