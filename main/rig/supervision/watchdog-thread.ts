// Renews the stimulator's lease only while the rig thread works, and stops it otherwise; runs in the watchdog thread.
import { workerData } from 'node:worker_threads';
import { connectKeepAlive } from '../hardware/keep-alive.ts';
import { startWatchdog, type WatchdogStart } from './watchdog.ts';

startWatchdog(workerData as WatchdogStart, connectKeepAlive);
