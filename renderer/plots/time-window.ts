// Which stretch of stream time a plot shows, and where each moment is on the screen; used in the page.

/** sweep: a standing picture that a pen renews from left to right. scroll: newest at the right. */
export type TimeMode = 'sweep' | 'scroll';

/** Time is cut into columns of one device pixel, counted from the stream's start, so that a moment never changes its column. */
export interface TimeWindow {
  mode: TimeMode;
  windowSeconds: number;
  /** Stream time at which the picture stands still; null: it follows the stream. */
  heldSeconds: number | null;
  /** A held picture that was moved or zoomed: it is laid out from oldest to newest, whatever the mode. */
  isMoved: boolean;
}

/** A window laid out on a plot area. */
export interface TimeLayout {
  /** Device pixels. */
  width: number;
  columnSeconds: number;
  /** The column after the newest that is shown. */
  endColumn: number;
  isSweep: boolean;
  isHeld: boolean;
}

/** @param width of the plot area, device pixels. @param availableSeconds stream time up to which there are data. */
export function layOutTime(window: TimeWindow, width: number, availableSeconds: number): TimeLayout {
  const columnSeconds = window.windowSeconds / Math.max(1, width);
  const end = window.heldSeconds === null ? availableSeconds : Math.min(window.heldSeconds, availableSeconds);
  return {
    width,
    columnSeconds,
    endColumn: Math.floor(end / columnSeconds + 1e-6),
    isSweep: window.mode === 'sweep' && !window.isMoved,
    isHeld: window.heldSeconds !== null,
  };
}

/** Device pixel of a column that is within the window. */
export function xOfColumn(layout: TimeLayout, column: number): number {
  return layout.isSweep ? modulo(column, layout.width) : column - (layout.endColumn - layout.width);
}

/** The column under a device pixel. */
export function columnAt(layout: TimeLayout, x: number): number {
  const place = Math.min(Math.max(Math.floor(x), 0), layout.width - 1);
  const first = layout.endColumn - layout.width;
  return layout.isSweep ? first + modulo(place - first, layout.width) : first + place;
}

/** Stream time at the middle of a device pixel. */
export function secondsAt(layout: TimeLayout, x: number): number {
  return (columnAt(layout, x) + 0.5) * layout.columnSeconds;
}

/** Always from 0 to below `size`, also for what is before the stream's start. */
export function modulo(value: number, size: number): number {
  return ((value % size) + size) % size;
}
