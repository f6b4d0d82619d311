// Entry of the RHX reader thread: reads RHX's data ports whatever the rig thread does; RHX stops its whole run when nobody reads.
import { workerData } from 'node:worker_threads';
import { startStreamReader, type StreamReaderStart } from './hardware/rhx/stream-reader.ts';

startStreamReader(workerData as StreamReaderStart);
