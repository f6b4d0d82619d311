// Entry of the watchdog thread: renews the stimulator's lease only while the rig thread works, and stops it otherwise.
import { workerData } from 'node:worker_threads';
import { raisePriorityOfThread } from '../../native/raise-priority.ts';
import { connectHidKeepAlive } from './hardware/hid/hid-keep-alive.ts';
import { startHidThread } from './hardware/hid/start-hid-thread.ts';
import { connectKeepAlive } from './hardware/keep-alive.ts';
import { startWatchdog, type WatchdogStart } from './supervision/watchdog.ts';

raisePriorityOfThread(import.meta.url);
const start = workerData as WatchdogStart & { programsFolder: string };
startWatchdog(start, (address, token) =>
  typeof address === 'string'
    ? connectKeepAlive(address, token)
    : connectHidKeepAlive(address.hidRig, token, () => startHidThread(start.programsFolder)),
);
