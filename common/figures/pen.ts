// What the lanes of a review are drawn with, on the page or into an SVG file: the same lines either way; used in the page and in reports.
import type { Rgb } from './plot-theme.ts';

/** CSS px. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface TextStyle {
  colour: string;
  align?: 'left' | 'right' | 'center';
  baseline?: 'top' | 'middle' | 'bottom';
  isBold?: boolean;
  /** Longer words are cut to it. */
  widthMax?: number;
}

export interface LineStyle {
  colour: string;
  width?: number;
  dash?: readonly number[];
}

/** All places and sizes are CSS px. */
export interface Pen {
  /** Width of the columns that `columns` draws: a device pixel on the page. */
  readonly columnWidth: number;
  rect(box: Box, colour: string): void;
  line(x1: number, y1: number, x2: number, y2: number, style: LineStyle): void;
  /** A line through points; NaN in `ys` interrupts it. */
  path(xs: ArrayLike<number>, ys: ArrayLike<number>, style: LineStyle): void;
  text(words: string, x: number, y: number, style: TextStyle): void;
  /** One upright stroke per column from `left` on, of the columns that are not NaN; those of one call touch. */
  columns(left: number, tops: Float32Array, bottoms: Float32Array, rgb: Rgb, alpha: number): void;
  /** One upright stroke, a column wide. */
  tick(x: number, top: number, bottom: number, rgb: Rgb, alpha: number): void;
  /** The same stroke at many places at once. @param tops as many as `xs` */
  strokes(xs: ArrayLike<number>, tops: ArrayLike<number>, height: number, rgb: Rgb, alpha: number): void;
  /** What `draw` draws is cut off at the box. */
  clip(box: Box, draw: () => void): void;
}
