// Holding, moving and zooming of a window of stream time; used in the page.
import { secondsAt, type TimeLayout, type TimeWindow } from './time-window.ts';

export const windowLimitsSeconds = { shortest: 0.1, longest: 30 } as const;

/** Stream time that is kept and can be looked at. */
export interface KeptSpan {
  firstSeconds: number;
  endSeconds: number;
}

export class TimeNavigation {
  readonly window: TimeWindow;

  constructor(window: TimeWindow) {
    this.window = window;
  }

  get isHeld(): boolean {
    return this.window.heldSeconds !== null;
  }

  /** Stops the picture as it is. */
  hold(kept: KeptSpan): void {
    this.window.heldSeconds ??= kept.endSeconds;
  }

  /** Follows the stream again. */
  release(): void {
    this.window.heldSeconds = null;
    this.window.isMoved = false;
  }

  /** Moves the picture by device pixels to the right, that is back in time, and holds it. */
  pan(pixels: number, layout: TimeLayout, kept: KeptSpan): void {
    this.hold(kept);
    this.window.isMoved = true;
    this.#holdAt((this.window.heldSeconds ?? kept.endSeconds) - pixels * layout.columnSeconds, kept);
  }

  /** Multiplies the window; a held picture keeps the moment under the pixel `x`. */
  zoom(factor: number, x: number, layout: TimeLayout, kept: KeptSpan): void {
    const before = this.window.windowSeconds;
    const anchorSeconds = secondsAt(layout, x);
    this.window.windowSeconds = clampWindow(before * factor);
    if (!this.isHeld) return;
    this.window.isMoved = true;
    const share = layout.width > 0 ? 1 - x / layout.width : 0;
    this.#holdAt(anchorSeconds + share * this.window.windowSeconds, kept);
  }

  /** Shows what lies between two pixels. */
  select(fromX: number, toX: number, layout: TimeLayout, kept: KeptSpan): void {
    const from = secondsAt(layout, Math.min(fromX, toX));
    const to = secondsAt(layout, Math.max(fromX, toX));
    // Across the pen of a sweep the left side is the later one.
    if (to <= from) return;
    this.hold(kept);
    this.window.isMoved = true;
    this.window.windowSeconds = clampWindow(to - from);
    this.#holdAt(to, kept);
  }

  #holdAt(seconds: number, kept: KeptSpan): void {
    const earliest = Math.min(kept.firstSeconds + this.window.windowSeconds, kept.endSeconds);
    this.window.heldSeconds = Math.min(Math.max(seconds, earliest), kept.endSeconds);
  }
}

/** Within the limits, to three digits. */
export function clampWindow(seconds: number): number {
  const { shortest, longest } = windowLimitsSeconds;
  return Number(Math.min(Math.max(seconds, shortest), longest).toPrecision(3));
}
