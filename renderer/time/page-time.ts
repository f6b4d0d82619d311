// Time as the page's logic sees it: a clock, timers and drawn frames, passed in so that tests can move it. Runs in the page.
import { type Disposable, toDisposable } from '../../common/base/disposable.ts';

export interface PageTime {
  /** Monotonic milliseconds since an arbitrary origin. */
  nowMs(): number;
  /** Runs once, `milliseconds` from now; dispose to call it off. */
  after(milliseconds: number, run: () => void): Disposable;
  /** Runs again and again until disposed. */
  every(milliseconds: number, run: () => void): Disposable;
  /** Runs once when the browser draws next; never while the page cannot be seen. */
  onNextFrame(run: () => void): Disposable;
}

/** The browser's own time. */
export const browserTime: PageTime = {
  nowMs: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return toDisposable(() => clearTimeout(timer));
  },
  every(milliseconds, run) {
    const timer = setInterval(run, milliseconds);
    return toDisposable(() => clearInterval(timer));
  },
  onNextFrame(run) {
    const frame = requestAnimationFrame(run);
    return toDisposable(() => cancelAnimationFrame(frame));
  },
};
