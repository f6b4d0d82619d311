// Runs studies of learning rules in the analysis program, one at a time, and tells the pages how far they are. Main thread.
import { join } from 'node:path';
import type { CommandRefusal, CoreNotice } from '../../common/contract/commands.ts';
import { studyTaskName } from '../../common/contract/studies.ts';
import type { Platform } from '../rig/platform.ts';
import { runAnalysis } from './run-analysis.ts';
import { secondsLeft } from './seconds-left.ts';

export interface StudyRunsParts {
  platform: Platform;
  notify(notice: CoreNotice): void;
  /** Milliseconds of any beginning. */
  nowMs(): number;
}

/** Least time between two notices of progress. */
const tellEveryMs = 200;

interface RunningStudy {
  folder: string;
  title: string;
  cancelled: AbortController;
  finished: Promise<void>;
}

export class StudyRuns {
  readonly #parts: StudyRunsParts;
  #running: RunningStudy | undefined;

  constructor(parts: StudyRunsParts) {
    this.#parts = parts;
  }

  isRunning(folder: string): boolean {
    return this.#running?.folder === folder;
  }

  /** A study takes all cores: a second one waits. @returns why none can be started now. */
  get busy(): CommandRefusal | undefined {
    if (this.#running === undefined) return undefined;
    return {
      code: 'not-now',
      what: `the study “${this.#running.title}” is running`,
      cure: 'Wait until it is done, or cancel it: what it has done is kept.',
    };
  }

  /** @param folder holds the prepared study. Nothing else may be running. */
  start(folder: string, title: string): void {
    const cancelled = new AbortController();
    this.#running = { folder, title, cancelled, finished: this.#run(folder, title, cancelled.signal) };
  }

  /** @returns once the study has ended; what is done is kept. @param folder undefined: whichever runs */
  async stop(folder?: string): Promise<boolean> {
    const running = this.#running;
    if (running === undefined || (folder !== undefined && running.folder !== folder)) return false;
    running.cancelled.abort();
    await running.finished;
    return true;
  }

  async #run(folder: string, studyTitle: string, signal: AbortSignal): Promise<void> {
    const { platform, notify, nowMs } = this.#parts;
    const task = { notice: 'task', task: studyTaskName(folder), title: `Study “${studyTitle}”` } as const;
    const startedMs = nowMs();
    let first: number | undefined;
    let fraction = 0;
    let toldMs = -Infinity;
    notify({ ...task, state: 'running', fraction });
    const outcome = await runAnalysis(
      platform,
      'rules-compare',
      [folder],
      (now, what) => {
        first ??= now;
        fraction = now;
        if (nowMs() - toldMs < tellEveryMs) return;
        toldMs = nowMs();
        const left = secondsLeft((nowMs() - startedMs) / 1000, first, now);
        notify({ ...task, state: 'running', fraction, what, ...(left === undefined ? {} : { secondsLeft: left }) });
      },
      signal,
    );
    this.#running = undefined;
    if ('result' in outcome) {
      notify({ ...task, state: 'done', fraction: 1, result: outcome.result.files[0] ?? join(folder, 'report.html') });
    } else if (signal.aborted) {
      notify({ ...task, state: 'stopped', fraction });
    } else {
      notify({ ...task, state: 'failed', fraction, problem: `${outcome.refusal.what}. ${outcome.refusal.cure}` });
    }
  }
}
