// Entry of the serial-port thread: says which serial ports may be stimulators, and ends.
import { parentPort } from 'node:worker_threads';
import { listSerialStimulators } from './hardware/serial/list-serial-stimulators.ts';

parentPort!.postMessage(await listSerialStimulators());
