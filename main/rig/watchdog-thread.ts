// Entry of the watchdog thread: renews the stimulator's lease only while the rig thread works, and stops it otherwise.
import { workerData } from 'node:worker_threads';
import { raisePriorityOfThread } from '../../native/raise-priority.ts';
import { connectKeepAlive } from './hardware/keep-alive.ts';
import { startWatchdog, type WatchdogStart } from './supervision/watchdog.ts';

raisePriorityOfThread(import.meta.url);
startWatchdog(workerData as WatchdogStart, ({ address, token }) => connectKeepAlive(address, token));
