// A picture of the last columns of a stream, as a ring: only new columns are painted, and it can be shown as a sweep or scrolling; used in the page.
import type { Pixels } from './pixels.ts';
import { modulo, type TimeLayout } from './time-window.ts';

/** Paints the columns `from` to below `to` (counted from the stream's start); column c is at x = c modulo the width. The pixels there are clear. */
export type PaintColumns = (pixels: Pixels, from: number, to: number) => void;

export class PixelStrip {
  #image: ImageData | undefined;
  #pixels: Pixels = { words: new Uint32Array(0), width: 0, height: 0 };
  #paintedEnd = 0;
  #isValid = false;
  #shownAs = '';

  /** Forgets the picture: size, colours or contents have changed. */
  invalidate(): void {
    this.#isValid = false;
  }

  /**
   * Brings the canvas up to date; the canvas has the strip's size and nothing else draws on it.
   * @param repaintColumns columns before the newest that are painted again, since events in them come late.
   * @param gapColumns clear columns before the pen of a sweep.
   */
  update(
    context: CanvasRenderingContext2D,
    layout: TimeLayout,
    repaintColumns: number,
    gapColumns: number,
    paint: PaintColumns,
  ): void {
    const { width, height } = context.canvas;
    if (width === 0 || height === 0) return;
    if (this.#pixels.width !== width || this.#pixels.height !== height) this.#resize(width, height);
    const from = this.#paint(layout, repaintColumns, paint);
    const end = layout.endColumn;
    if (!layout.isSweep) this.#show(context, end);
    else this.#sweep(context, from, end, Math.max(0, Math.min(gapColumns, width)));
    this.#shownAs = layout.isSweep ? 'sweep' : 'scroll';
  }

  #resize(width: number, height: number): void {
    this.#image = new ImageData(width, height);
    this.#pixels = { words: new Uint32Array(this.#image.data.buffer), width, height };
    this.#isValid = false;
  }

  /** @returns the first column that was painted. */
  #paint(layout: TimeLayout, repaintColumns: number, paint: PaintColumns): number {
    const { width, words } = this.#pixels;
    const end = layout.endColumn;
    // A held picture stays even when its data are overwritten.
    if (this.#isValid && layout.isHeld && end === this.#paintedEnd) return end;
    const isStep = this.#isValid && end >= this.#paintedEnd && end - this.#paintedEnd < width;
    const from = isStep ? Math.max(this.#paintedEnd - repaintColumns, end - width) : end - width;
    if (from === end - width) words.fill(0);
    else this.#clear(from, end);
    paint(this.#pixels, from, end);
    if (!isStep) this.#shownAs = '';
    this.#paintedEnd = end;
    this.#isValid = true;
    return from;
  }

  #clear(from: number, to: number): void {
    const { words, width, height } = this.#pixels;
    for (const [start, end] of ringPieces(from, to, width))
      for (let y = 0, place = 0; y < height; y++, place += width) words.fill(0, place + start, place + end);
  }

  /** All columns, oldest at the left. */
  #show(context: CanvasRenderingContext2D, endColumn: number): void {
    const { width, height } = this.#pixels;
    const split = modulo(endColumn, width);
    context.putImageData(this.#image!, -split, 0, split, 0, width - split, height);
    if (split > 0) context.putImageData(this.#image!, width - split, 0, 0, 0, split, height);
  }

  #sweep(context: CanvasRenderingContext2D, from: number, end: number, gap: number): void {
    const { width, height } = this.#pixels;
    const first = this.#shownAs === 'sweep' ? from : end - width;
    for (const [start, stop] of ringPieces(first, end, width))
      context.putImageData(this.#image!, 0, 0, start, 0, stop - start, height);
    for (const [start, stop] of ringPieces(end, end + gap, width)) context.clearRect(start, 0, stop - start, height);
  }
}

/** The one or two stretches that columns `from` to below `to` take in a ring. */
export function ringPieces(from: number, to: number, size: number): [number, number][] {
  if (to <= from) return [];
  if (to - from >= size) return [[0, size]];
  const start = modulo(from, size);
  const end = start + (to - from);
  return end <= size
    ? [[start, end]]
    : [
        [start, size],
        [0, end - size],
      ];
}
