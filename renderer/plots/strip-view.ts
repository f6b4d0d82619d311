// Draws one plot that shows a stretch of stream time in columns of pixels: a still base below, a strip of pixels above; used in the page.
import { drawTimeAxis } from './draw-time-axis.ts';
import { PixelStrip } from './pixel-strip.ts';
import type { Pixels } from './pixels.ts';
import { type Area, drawingArea, type Margins, placeCanvas, type PlotSize } from './plot-area.ts';
import type { PlotTheme } from '../../common/figures/plot-theme.ts';
import { type KeptSpan, TimeNavigation } from './time-navigation.ts';
import { layOutTime, secondsAt, type TimeLayout, type TimeWindow, xOfColumn } from './time-window.ts';

/** What a plot knows while it is drawn. */
export interface StripFrame {
  layout: TimeLayout;
  /** Drawing area on the base canvas, device pixels. */
  area: Area;
  scale: number;
  theme: PlotTheme;
}

/** What is particular to one plot. */
export interface StripContent {
  readonly margins: Margins;
  readonly isEmpty: boolean;
  /** Stream time that is kept; its end is the last moment that can be painted in columns of this length. */
  kept(columnSeconds: number): KeptSpan;
  /** Called before each drawing. @returns keys; when one changes, the columns or the base are drawn anew. */
  prepare(frame: StripFrame): { strip: string; base: string };
  /** Labels, lines and scale bars that stand still. */
  drawBase(context: CanvasRenderingContext2D, frame: StripFrame): void;
  /** Columns before the newest that are painted again each time. */
  readonly repaintColumns: number;
  paint(pixels: Pixels, from: number, to: number): void;
  /** Lines of the read-out at a moment and a height (0 top to 1 bottom). */
  readOut(seconds: number, height: number, reachSeconds: number): string[];
}

/** Clear space before the pen of a sweep, CSS px. */
const gapPixels = 12;

export class StripView {
  readonly navigation: TimeNavigation;
  readonly #base: HTMLCanvasElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #baseContext: CanvasRenderingContext2D;
  readonly #context: CanvasRenderingContext2D;
  readonly #content: StripContent;
  readonly #strip = new PixelStrip();
  #size: PlotSize = { widthPixels: 0, heightPixels: 0, scale: 1 };
  #theme: PlotTheme | undefined;
  #area: Area = { left: 0, top: 0, width: 0, height: 0 };
  #layout: TimeLayout = { width: 0, columnSeconds: 1, endColumn: 0, isSweep: true, isHeld: false };
  #stripKey = '';
  #baseKey = '';

  /** @param base canvas of the whole body. @param canvas canvas of the drawing area. @throws when the browser has no 2D canvas. */
  constructor(base: HTMLCanvasElement, canvas: HTMLCanvasElement, content: StripContent, window: TimeWindow) {
    const baseContext = base.getContext('2d');
    const context = canvas.getContext('2d');
    if (!baseContext || !context) throw new Error('This browser cannot draw: it has no 2D canvas.');
    this.#base = base;
    this.#canvas = canvas;
    this.#baseContext = baseContext;
    this.#context = context;
    this.#content = content;
    this.navigation = new TimeNavigation(window);
  }

  /** Canvases from below to above, with their places in device pixels: for the picture file. */
  get layers(): { canvas: HTMLCanvasElement; left: number; top: number }[] {
    return [
      { canvas: this.#base, left: 0, top: 0 },
      { canvas: this.#canvas, left: this.#area.left, top: this.#area.top },
    ];
  }

  /** The stretch of stream time on the screen. */
  get shownSpan(): { fromSeconds: number; toSeconds: number } {
    const { endColumn, width, columnSeconds } = this.#layout;
    return { fromSeconds: Math.max(0, (endColumn - width) * columnSeconds), toSeconds: endColumn * columnSeconds };
  }

  setTheme(theme: PlotTheme): void {
    this.#theme = theme;
    this.#stripKey = this.#baseKey = '';
  }

  setSize(size: PlotSize): void {
    this.#size = size;
    this.#area = drawingArea(size, this.#content.margins);
    placeCanvas(this.#base, { left: 0, top: 0, width: size.widthPixels, height: size.heightPixels }, size.scale);
    placeCanvas(this.#canvas, this.#area, size.scale);
    this.#stripKey = this.#baseKey = '';
  }

  /** @returns where the pen of a sweep stands, CSS px from the body's left edge; null: there is no pen. */
  draw(): { penLeft: number | null } {
    const theme = this.#theme;
    const { scale } = this.#size;
    const { width, height } = this.#area;
    if (!theme || width < 8 || height < 8) return { penLeft: null };
    const { window } = this.navigation;
    const kept = this.#content.kept(window.windowSeconds / width);
    const layout = (this.#layout = layOutTime(window, width, kept.endSeconds));
    const frame: StripFrame = { layout, area: this.#area, scale, theme };
    const keys = this.#content.prepare(frame);
    this.#drawBase(frame, keys.base);
    if (this.#content.isEmpty) {
      this.#context.clearRect(0, 0, width, height);
      this.#stripKey = '';
      return { penLeft: null };
    }
    const stripKey = `${keys.strip} ${layout.columnSeconds}`;
    if (stripKey !== this.#stripKey) this.#strip.invalidate();
    this.#stripKey = stripKey;
    const hasPen = layout.isSweep && !layout.isHeld;
    this.#strip.update(
      this.#context,
      layout,
      this.#content.repaintColumns,
      layout.isSweep ? Math.round(gapPixels * scale) : 0,
      (pixels, from, to) => this.#content.paint(pixels, from, to),
    );
    return { penLeft: hasPen ? (this.#area.left + xOfColumn(layout, layout.endColumn)) / scale : null };
  }

  /** @param x @param y CSS px in the body. @returns what is under this point; null outside the drawing area. */
  readOut(x: number, y: number): string[] | null {
    const { scale } = this.#size;
    const { left, top, width, height } = this.#area;
    const column = x * scale - left;
    const row = y * scale - top;
    if (this.#content.isEmpty || column < 0 || column >= width || row < 0 || row >= height) return null;
    const { columnSeconds } = this.#layout;
    return this.#content.readOut(secondsAt(this.#layout, column), row / height, 4 * scale * columnSeconds);
  }

  /** @param x CSS px in the body. @returns device pixel of the drawing area. */
  columnOf(x: number): number {
    return Math.min(Math.max(x * this.#size.scale - this.#area.left, 0), this.#area.width);
  }

  /** Moves by CSS px. */
  pan(dx: number): void {
    this.navigation.pan(dx * this.#size.scale, this.#layout, this.#kept);
  }

  /** @param x CSS px in the body that keeps its moment. */
  zoom(factor: number, x: number): void {
    this.navigation.zoom(factor, this.columnOf(x), this.#layout, this.#kept);
  }

  /** Zooms to what lies between two points, CSS px in the body. */
  select(fromX: number, toX: number): void {
    this.navigation.select(this.columnOf(fromX), this.columnOf(toX), this.#layout, this.#kept);
  }

  hold(): void {
    this.navigation.hold(this.#kept);
  }

  get #kept(): KeptSpan {
    return this.#content.kept(this.#layout.columnSeconds);
  }

  #drawBase(frame: StripFrame, contentKey: string): void {
    const { layout, area, scale, theme } = frame;
    const origin = layout.isHeld && !layout.isSweep ? layout.endColumn : '';
    const key = `${contentKey} ${layout.columnSeconds} ${layout.isSweep} ${origin}`;
    if (key === this.#baseKey) return;
    this.#baseKey = key;
    const context = this.#baseContext;
    context.clearRect(0, 0, this.#base.width, this.#base.height);
    if (this.#content.isEmpty) return;
    drawTimeAxis(context, layout, area, theme, scale);
    this.#content.drawBase(context, frame);
  }
}
