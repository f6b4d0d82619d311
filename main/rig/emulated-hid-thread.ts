// Entry of the emulated HID thread: a HID thread whose devices are programs that listen on sockets, for benches and tests.
import { type MessagePort, workerData } from 'node:worker_threads';
import { raisePriorityOfThread } from '../../native/raise-priority.ts';
import { hostClock } from './hardware/host-clock.ts';
import { type EmulatedBoard, emulatedHidSystem } from './hardware/hid/emulated-hid-system.ts';
import { serveHidRig } from './hardware/hid/serve-hid-rig.ts';

/** A board that is a program waits for its turn among all others of this computer. */
const writeDeadlineMilliseconds = 400;

raisePriorityOfThread(import.meta.url);
const { port, boards } = workerData as { port: MessagePort; boards: readonly EmulatedBoard[] };
serveHidRig({
  load: () => Promise.resolve(emulatedHidSystem(boards)),
  port,
  clock: hostClock,
  random: Math.random,
  writeDeadlineMilliseconds,
});
