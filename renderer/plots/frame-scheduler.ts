// One animation-frame loop for all plots: draws only what is dirty, at most once per frame, and sleeps while the tab is hidden; used in the page.
import type { Disposable } from '../../common/base/disposable.ts';

/** What the scheduler needs of `window`. */
export interface FrameHost {
  requestAnimationFrame(callback: () => void): number;
  cancelAnimationFrame(handle: number): void;
  setTimeout(callback: () => void, milliseconds: number): number;
  clearTimeout(handle: number): void;
  reportError(error: unknown): void;
  readonly performance: { now(): number };
  readonly document: {
    readonly hidden: boolean;
    addEventListener(type: 'visibilitychange', listener: () => void): void;
    removeEventListener(type: 'visibilitychange', listener: () => void): void;
  };
}

/** One plot's side of the scheduler. */
export interface FrameTask extends Disposable {
  /** Asks for one drawing at the next opportunity. */
  invalidate(): void;
  /** The same without waiting for the plot's interval: the operator has changed something. */
  invalidateNow(): void;
}

/** Drawing of the last two seconds or so. */
export interface FrameStatistics {
  framesPerSecond: number;
  /** Time that all drawings of one frame took together. */
  p50Milliseconds: number;
  p95Milliseconds: number;
}

interface Task {
  draw: () => void;
  intervalMilliseconds: number;
  isDirty: boolean;
  /** Not to be drawn before; 0 for a plot without an interval. */
  dueMilliseconds: number;
}

const rememberedFrames = 60;
const silenceMilliseconds = 1_000;

export class FrameScheduler implements Disposable {
  readonly #host: FrameHost;
  readonly #tasks = new Set<Task>();
  readonly #onVisibility = () => this.#schedule();
  #frameHandle: number | undefined;
  #timerHandle: number | undefined;
  #starts: number[] = [];
  #durations: number[] = [];

  constructor(host: FrameHost) {
    this.#host = host;
    host.document.addEventListener('visibilitychange', this.#onVisibility);
  }

  /**
   * Adds a plot.
   * @param draw draws it; an exception is reported and costs the other plots nothing.
   * @param intervalMilliseconds least time between two drawings. Plots with an interval take turns, one per frame.
   */
  add(draw: () => void, intervalMilliseconds = 0): FrameTask {
    const task: Task = { draw, intervalMilliseconds, isDirty: false, dueMilliseconds: 0 };
    this.#tasks.add(task);
    const invalidate = () => {
      task.isDirty = true;
      this.#schedule();
    };
    return {
      invalidate,
      invalidateNow: () => {
        task.dueMilliseconds = 0;
        invalidate();
      },
      dispose: () => void this.#tasks.delete(task),
    };
  }

  /** How often and for how long the plots have been drawn lately; zeros when nothing was drawn for a second. */
  recent(): FrameStatistics {
    const last = this.#starts.at(-1);
    if (last === undefined || this.#host.performance.now() - last > silenceMilliseconds)
      return { framesPerSecond: 0, p50Milliseconds: 0, p95Milliseconds: 0 };
    const sorted = [...this.#durations].sort((a, b) => a - b);
    const quantile = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    const spanMilliseconds = last - (this.#starts[0] ?? last);
    return {
      framesPerSecond: spanMilliseconds > 0 ? ((this.#starts.length - 1) * 1_000) / spanMilliseconds : 0,
      p50Milliseconds: quantile(0.5),
      p95Milliseconds: quantile(0.95),
    };
  }

  dispose(): void {
    this.#host.document.removeEventListener('visibilitychange', this.#onVisibility);
    if (this.#frameHandle !== undefined) this.#host.cancelAnimationFrame(this.#frameHandle);
    this.#stopTimer();
    this.#frameHandle = undefined;
    this.#tasks.clear();
  }

  /** Asks for a frame when something may be drawn now, else for a call when the next plot becomes due. */
  #schedule(): void {
    if (this.#frameHandle !== undefined || this.#host.document.hidden) return;
    let next = Infinity;
    for (const task of this.#tasks) if (task.isDirty) next = Math.min(next, task.dueMilliseconds);
    this.#stopTimer();
    const wait = next - this.#host.performance.now();
    if (wait <= 0) this.#frameHandle = this.#host.requestAnimationFrame(() => this.#frame());
    else if (wait < Infinity) this.#timerHandle = this.#host.setTimeout(() => this.#schedule(), wait);
  }

  #stopTimer(): void {
    if (this.#timerHandle !== undefined) this.#host.clearTimeout(this.#timerHandle);
    this.#timerHandle = undefined;
  }

  #frame(): void {
    this.#frameHandle = undefined;
    const started = this.#host.performance.now();
    let turn: Task | undefined;
    for (const task of this.#tasks) {
      if (!task.isDirty || task.dueMilliseconds > started) continue;
      if (task.intervalMilliseconds === 0) this.#draw(task);
      else if (!turn || task.dueMilliseconds < turn.dueMilliseconds) turn = task;
    }
    if (turn) {
      turn.dueMilliseconds = started + turn.intervalMilliseconds;
      this.#draw(turn);
    }
    this.#remember(started, this.#host.performance.now() - started);
    this.#schedule();
  }

  #draw(task: Task): void {
    task.isDirty = false;
    try {
      task.draw();
    } catch (error) {
      this.#host.reportError(error);
    }
  }

  #remember(start: number, duration: number): void {
    this.#starts.push(start);
    this.#durations.push(duration);
    if (this.#starts.length <= rememberedFrames) return;
    this.#starts.shift();
    this.#durations.shift();
  }
}
