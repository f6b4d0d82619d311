// Entry of a worker thread of the analysis program: does one piece of work on learning rules after the other.
import { parentPort } from 'node:worker_threads';
import { assert } from '../../../common/base/assert.ts';
import { doRuleWork, type RuleWork } from './work.ts';
import type { RuleWorkerMessage } from './worker-thread.ts';

assert(parentPort !== null, 'this runs as a thread of the analysis program');
const port = parentPort;
const send = (message: RuleWorkerMessage) => port.postMessage(message);

port.on('message', (work: RuleWork) => {
  send({ result: doRuleWork(work, (fraction) => send({ fraction })) });
});
