// Entry of the HID thread: reads and writes the reports of one HID rig for one user, whom nothing that stalls here can delay.
import { type MessagePort, workerData } from 'node:worker_threads';
import { raisePriorityOfThread } from '../../native/raise-priority.ts';
import { hostClock } from './hardware/host-clock.ts';
import { loadHidSystem } from './hardware/hid/load-hid-system.ts';
import { serveHidRig } from './hardware/hid/serve-hid-rig.ts';

raisePriorityOfThread(import.meta.url);
/** `writeDeadlineMilliseconds` is given where the processor is emulated, and slow. */
const { port, writeDeadlineMilliseconds } = workerData as { port: MessagePort; writeDeadlineMilliseconds?: number };
serveHidRig({ load: loadHidSystem, port, clock: hostClock, random: Math.random, writeDeadlineMilliseconds });
