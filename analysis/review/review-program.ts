// The review program: opens one session, makes its index where there is none, answers questions until its starter is gone; a process of its own.
import { setTimeout as wait } from 'node:timers/promises';
import type { FromReview, ToReview } from '../../common/contract/review-program.ts';
import { findParentLine } from '../parent-line.ts';
import { refusalOf, ReviewServer } from './review-server.ts';
import { ReviewedSession } from './reviewed-session.ts';

/** How often a recording that goes on is looked at. */
const lookEveryMilliseconds = 500;

const [, , folder = '', when = 'recorded'] = process.argv;
const line = findParentLine(process);
if (line === undefined) {
  console.error('review: this program is started by Exocortex; it does nothing by itself.');
  process.exit(2);
}
const send = (message: FromReview) => line.send(message);
const isToReview = (message: unknown): message is ToReview =>
  typeof message === 'object' && message !== null && 'kind' in message;

const early: ToReview[] = [];
let take = (message: ToReview): void => void early.push(message);
const listening = line.listen({
  message: (message) => {
    if (isToReview(message)) take(message);
  },
  gone: () => process.exit(0),
});

try {
  const session = await ReviewedSession.open({
    folder,
    isRecording: when === 'recording',
    onProgress: (progress) => send({ kind: 'progress', progress }),
    waitForMore: () => wait(lookEveryMilliseconds),
  });
  const server = new ReviewServer(session.index, send);
  take = (message) => {
    if (message.kind === 'recorded') session.recorded();
    else void server.take(message);
  };
  send({ kind: 'opened', description: session.describe() });
  for (const message of early) take(message);
  await session.whole;
} catch (error) {
  process.exitCode = 1;
  send({ kind: 'failed', refusal: refusalOf(error) });
  listening.dispose();
}
