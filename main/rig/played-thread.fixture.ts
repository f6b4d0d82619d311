// A worker thread that the test plays, in the place of Node's.
import { EventEmitter } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import type { ControlBlock } from '../../common/base/control-block.ts';

interface ThreadOptions {
  name: string;
  workerData: { control?: ControlBlock; port?: MessagePort };
}

/** What it is told, and what is done to it from outside. */
export class PlayedThread extends EventEmitter {
  static readonly all = new Map<string, PlayedThread>();
  threadId = 1;
  readonly told: unknown[] = [];
  terminations = 0;
  unrefs = 0;
  readonly workerData: ThreadOptions['workerData'];

  constructor(_path: string, { name, workerData }: ThreadOptions) {
    super();
    this.workerData = workerData;
    PlayedThread.all.set(name, this);
  }

  postMessage(message: unknown): void {
    this.told.push(message);
  }

  terminate(): Promise<number> {
    this.terminations++;
    this.end();
    return Promise.resolve(1);
  }

  unref(): void {
    this.unrefs++;
  }

  end(): void {
    this.threadId = -1;
    this.emit('exit', 0);
  }
}
