// Entry of `exocortex replay`'s own thread: replays one session and says how it went.
import { parentPort, workerData } from 'node:worker_threads';
import { Defect } from '../../common/base/assert.ts';
import type { ReplayMessage, ReplayRequest } from '../../common/journal/replay-report.ts';
import { loadNativeOf } from '../../native/load-native.ts';
import { CannotReplay, replaySession } from './replay-session.ts';

if (parentPort === null) throw new Defect('a replay is a worker thread');
const port = parentPort;
const send = (message: ReplayMessage) => port.postMessage(message);
try {
  const report = await replaySession({
    ...(workerData as ReplayRequest),
    kernels: loadNativeOf(import.meta.url),
    startSimulation: (environment) => send({ kind: 'listening', environment }),
    onProgress: (fraction, seconds) => send({ kind: 'progress', fraction, seconds }),
  });
  send({ kind: 'done', report });
} catch (error) {
  if (!(error instanceof CannotReplay)) throw error;
  send({ kind: 'refused', refusal: error.refusal });
}
