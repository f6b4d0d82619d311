// Entry of the recorder thread: writes the journal's ring to disk and keeps it safe there; it does nothing else.
import { workerData } from 'node:worker_threads';
import { raisePriorityOfThread } from '../../native/raise-priority.ts';
import { type RecorderStart, startRecorder } from './recording/recorder.ts';

raisePriorityOfThread(import.meta.url);
startRecorder(workerData as RecorderStart);
