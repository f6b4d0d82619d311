import { describe, expect, it } from 'vitest';
import { type FrameHost, FrameScheduler } from './frame-scheduler.ts';

/** A window whose frames and time are moved by hand. */
class FakeWindow implements FrameHost {
  milliseconds = 1;
  errors: unknown[] = [];
  frames = 0;
  readonly performance = { now: () => this.milliseconds };
  readonly document = {
    hidden: false,
    addEventListener: (_type: 'visibilitychange', listener: () => void) => void this.#listeners.add(listener),
    removeEventListener: (_type: 'visibilitychange', listener: () => void) => void this.#listeners.delete(listener),
  };
  readonly #listeners = new Set<() => void>();
  #frame: (() => void) | undefined;
  #timer: { callback: () => void; at: number } | undefined;

  requestAnimationFrame(callback: () => void): number {
    this.#frame = callback;
    return 1;
  }

  cancelAnimationFrame(): void {
    this.#frame = undefined;
  }

  setTimeout(callback: () => void, milliseconds: number): number {
    this.#timer = { callback, at: this.milliseconds + milliseconds };
    return 1;
  }

  clearTimeout(): void {
    this.#timer = undefined;
  }

  reportError(error: unknown): void {
    this.errors.push(error);
  }

  setHidden(isHidden: boolean): void {
    this.document.hidden = isHidden;
    for (const listener of this.#listeners) listener();
  }

  get isIdle(): boolean {
    return !this.#frame && !this.#timer;
  }

  /** Lets time pass in frames of 16 ms. */
  pass(milliseconds: number): void {
    const end = this.milliseconds + milliseconds;
    while (this.milliseconds < end) {
      this.milliseconds += 16;
      const timer = this.#timer;
      if (timer && timer.at <= this.milliseconds) {
        this.#timer = undefined;
        timer.callback();
      }
      const frame = this.#frame;
      this.#frame = undefined;
      if (frame) this.frames++;
      frame?.();
    }
  }
}

function start() {
  const host = new FakeWindow();
  return { host, frames: new FrameScheduler(host) };
}

describe('FrameScheduler', () => {
  it('draws a dirty plot once per frame, however often it was made dirty', () => {
    const { host, frames } = start();
    let drawn = 0;
    const task = frames.add(() => drawn++);
    task.invalidate();
    task.invalidate();
    host.pass(100);
    expect(drawn).toBe(1);
    expect(host.isIdle).toBe(true);
  });

  it('leaves clean plots alone', () => {
    const { host, frames } = start();
    let drawn = 0;
    frames.add(() => drawn++);
    frames.add(() => {}).invalidate();
    host.pass(100);
    expect(drawn).toBe(0);
  });

  it('keeps the interval of a slow plot, and draws the last change without being asked again', () => {
    const { host, frames } = start();
    const drawnAt: number[] = [];
    const task = frames.add(() => drawnAt.push(host.milliseconds), 200);
    for (let asked = 0; asked < 20; asked++) {
      task.invalidate();
      host.pass(16);
    }
    host.pass(400);
    expect(drawnAt).toHaveLength(3);
    expect(drawnAt[1]! - drawnAt[0]!).toBeGreaterThanOrEqual(200);
    expect(host.frames).toBe(3);
  });

  it('draws a slow plot at once when the operator has changed something', () => {
    const { host, frames } = start();
    let drawn = 0;
    const task = frames.add(() => drawn++, 10_000);
    task.invalidate();
    host.pass(50);
    task.invalidateNow();
    host.pass(50);
    expect(drawn).toBe(2);
  });

  it('draws at most one slow plot in a frame', () => {
    const { host, frames } = start();
    const drawnAt: number[] = [];
    for (let plot = 0; plot < 3; plot++) frames.add(() => drawnAt.push(host.milliseconds), 100).invalidate();
    host.pass(80);
    expect(new Set(drawnAt).size).toBe(3);
  });

  it('draws nothing while the tab is hidden, and what is due when it is shown', () => {
    const { host, frames } = start();
    let drawn = 0;
    const task = frames.add(() => drawn++);
    host.setHidden(true);
    task.invalidate();
    host.pass(100);
    expect(drawn).toBe(0);
    host.setHidden(false);
    host.pass(100);
    expect(drawn).toBe(1);
  });

  it('reports the plot that fails and draws the others', () => {
    const { host, frames } = start();
    let drawn = 0;
    frames
      .add(() => {
        throw new Error('no picture');
      })
      .invalidate();
    frames.add(() => drawn++).invalidate();
    host.pass(100);
    expect(host.errors).toHaveLength(1);
    expect(drawn).toBe(1);
  });

  it('measures how often and how long it draws, and forgets it when drawing stops', () => {
    const { host, frames } = start();
    const task = frames.add(() => (host.milliseconds += 4));
    for (let frame = 0; frame < 30; frame++) {
      task.invalidate();
      host.pass(32);
    }
    expect(frames.recent().p50Milliseconds).toBe(4);
    expect(frames.recent().framesPerSecond).toBeCloseTo(1_000 / 36, 0);
    host.pass(2_000);
    expect(frames.recent().framesPerSecond).toBe(0);
  });

  it('leaves nothing behind when it is disposed', () => {
    const { host, frames } = start();
    let drawn = 0;
    const task = frames.add(() => drawn++);
    task.invalidate();
    frames.dispose();
    task.invalidate();
    host.setHidden(false);
    host.pass(100);
    expect(drawn).toBe(0);
    expect(host.isIdle).toBe(true);
  });
});
