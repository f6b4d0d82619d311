// Tells the ZMQ Interface every two seconds that somebody listens, and whether it answers; runs in the reader thread.
import type { Disposable } from '../../../../common/base/disposable.ts';
import { OpenEphysError, type OpenEphysProblem } from './open-ephys-problem.ts';
import { type ZmqAddress, ZmqQuestions } from './zmq-socket.ts';

/** ms. The plugin shows an application in red after 5 s without a heartbeat. */
export interface HeartbeatTimes {
  readonly every: number;
  readonly answer: number;
}

export const heartbeatTimes: HeartbeatTimes = { every: 2000, answer: 3000 };
const applicationName = 'Exocortex';
const right = 'heartbeat received';

export interface HeartbeatOptions {
  /** Of the plugin's listening port: data port + 1. */
  readonly address: ZmqAddress;
  /** Differs from one client to the next. */
  readonly uuid: string;
  readonly times: HeartbeatTimes;
  readonly onAnswer: () => void;
  /** One did not get its answer; the next is sent over a new connection. */
  readonly onProblem: (problem: OpenEphysProblem) => void;
}

export function startHeartbeat(options: HeartbeatOptions): Disposable {
  const { address, uuid, times, onAnswer, onProblem } = options;
  const beat = JSON.stringify({ application: applicationName, uuid, type: 'heartbeat' });
  let line: ZmqQuestions | undefined;
  let isOver = false;
  let isBusy = false;
  const once = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      line ??= await ZmqQuestions.open(address, times.answer);
      if (isOver) return;
      const answer = await line.ask(beat);
      if (isOver) return;
      if (answer === right) onAnswer();
      else onProblem({ code: 'no-heartbeat-answer', message: `it answered '${answer.slice(0, 200)}' to a heartbeat` });
    } catch (error) {
      if (!(error instanceof OpenEphysError)) throw error;
      line?.dispose();
      line = undefined;
      if (!isOver) onProblem({ code: 'no-heartbeat-answer', message: error.message });
    } finally {
      isBusy = false;
      if (isOver) line?.dispose();
    }
  };
  const timer = setInterval(() => void once(), times.every);
  void once();
  return {
    dispose() {
      isOver = true;
      clearInterval(timer);
      line?.dispose();
    },
  };
}
