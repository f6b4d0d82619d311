// Writes the journal's ring to disk and keeps it safe there; runs in the recorder thread, which does nothing else.
import { workerData } from 'node:worker_threads';
import { startRecorder, type RecorderStart } from './recorder.ts';

startRecorder(workerData as RecorderStart);
