// Entry of the stop-input thread: hears foot pedals, keys and game pads, raises the stop word, and says what is to be marked; it does nothing else.
import { workerData } from 'node:worker_threads';
import { raisePriorityOfThread } from '../../native/raise-priority.ts';
import { loadHidSource } from './hardware/hid-input.ts';
import { startStopInputs, type StopInputsStart } from './stop-inputs/start-stop-inputs.ts';

raisePriorityOfThread(import.meta.url);
startStopInputs(workerData as StopInputsStart, loadHidSource);
