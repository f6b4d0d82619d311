// Entry of the HID bench: plays the rig thread of a session with a HID rig, and damages what its parsers read. Thread of `exocortex bench hid`.
import { parentPort, workerData } from 'node:worker_threads';
import { Defect } from '../../common/base/assert.ts';
import type { HidBenchRequest } from '../../common/bench/hid-run.ts';
import type { DeviceWriter } from './hardware/device.ts';
import type { AskForTestPulse } from './hardware/hid/answer-blocks.ts';
import { measureHidLine } from './hardware/hid/bench-line.ts';
import { fuzzHidRig } from './hardware/hid/fuzz-hid.ts';
import { hostClock } from './hardware/host-clock.ts';
import { Gate } from './stimulation/gate.ts';

/** As in the loop-back test, the gate asks for pulses while the board says that its relay is open; a permit it would not take. */
function gateOf(writer: DeviceWriter): AskForTestPulse {
  const noJournal = { isOpen: false, permit() {}, waitUntilWritten: () => false };
  const gate = new Gate(writer, noJournal, () => hostClock.nowNs());
  const origin = { tick: 0, origin: 'operator', readout: 0xffff } as const;
  return ({ sequence, expiryNs, ...pulse }) =>
    gate.test({ request: sequence, ...origin, ...pulse }, sequence, expiryNs);
}

if (parentPort === null) throw new Defect('the HID bench is a worker thread');
const port = parentPort;
const request = workerData as HidBenchRequest;
if (request.kind === 'fuzz') port.postMessage({ answer: fuzzHidRig(request.damages, request.seed) });
else {
  try {
    port.postMessage({ answer: await measureHidLine(request, gateOf) });
  } catch (error) {
    port.postMessage({ problem: error instanceof Error ? error.message : String(error) });
  }
}
