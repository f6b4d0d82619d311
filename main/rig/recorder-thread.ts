// Entry of the recorder thread: writes the journal's ring to disk, and the station's audit log and dose ledger; it does nothing else.
import { workerData } from 'node:worker_threads';
import { raisePriorityOfThread } from '../../native/raise-priority.ts';
import { type RecorderStart, startRecorder } from './recording/recorder.ts';
import { startStationWriter, type StationStart } from './recording/station-writer.ts';

raisePriorityOfThread(import.meta.url);
const { recorder, station } = workerData as { recorder: RecorderStart; station: StationStart };
startStationWriter(station);
startRecorder(recorder);
