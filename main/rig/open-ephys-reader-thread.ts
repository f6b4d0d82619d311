// Entry of the Open Ephys reader thread: reads the GUI's stream whatever the rig thread does; the GUI drops what nobody takes.
import { workerData } from 'node:worker_threads';
import { startStreamReader, type StreamReaderStart } from './hardware/open-ephys/stream-reader.ts';

startStreamReader(workerData as StreamReaderStart);
