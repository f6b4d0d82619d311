// Entry of the HID bench: plays the rig thread of a session with a HID rig, and damages what its parsers read. Thread of `exocortex bench hid`.
import { parentPort, workerData } from 'node:worker_threads';
import { Defect } from '../../common/base/assert.ts';
import type { HidBenchRequest } from '../../common/bench/hid-run.ts';
import { measureHidLine } from './hardware/hid/bench-line.ts';
import { fuzzHidRig } from './hardware/hid/fuzz-hid.ts';

if (parentPort === null) throw new Defect('the HID bench is a worker thread');
const port = parentPort;
const request = workerData as HidBenchRequest;
if (request.kind === 'fuzz') port.postMessage({ answer: fuzzHidRig(request.damages, request.seed) });
else {
  try {
    port.postMessage({ answer: await measureHidLine(request) });
  } catch (error) {
    port.postMessage({ problem: error instanceof Error ? error.message : String(error) });
  }
}
