// Entry of the watchdog thread: renews the stimulator's lease only while the rig thread works, and stops it otherwise.
import { parentPort, workerData } from 'node:worker_threads';
import { Defect } from '../../common/base/assert.ts';
import { raisePriorityOfThread } from '../../native/raise-priority.ts';
import { connectHidKeepAlive } from './hardware/hid/hid-keep-alive.ts';
import { startHidThread } from './hardware/hid/start-hid-thread.ts';
import { connectKeepAlive } from './hardware/keep-alive.ts';
import { startWatchdog, type WatchdogStart } from './supervision/watchdog.ts';

raisePriorityOfThread(import.meta.url);
if (parentPort === null) throw new Defect('the watchdog is a worker thread');
const main = parentPort;
startWatchdog(workerData as WatchdogStart, (device) =>
  device.kind === 'socket'
    ? connectKeepAlive(device.address, device.token)
    : connectHidKeepAlive(device.serialNumber, device.token, () =>
        startHidThread((message, transfer) => main.postMessage(message, transfer)),
      ),
);
