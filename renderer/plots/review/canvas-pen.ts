// Draws the lanes of a review on two canvases: lines and words by the canvas, masses of strokes straight into pixels; used in the page.
import { packRgb, strokeColumn, type Pixels } from '../pixels.ts';
import type { PlotTheme, Rgb } from '../../../common/figures/plot-theme.ts';
import type { Box, LineStyle, Pen, TextStyle } from '../../../common/figures/pen.ts';

export class CanvasPen implements Pen {
  readonly #context: CanvasRenderingContext2D;
  readonly #dense: CanvasRenderingContext2D;
  #scale = 1;
  #image: ImageData | undefined;
  #pixels: Pixels = { words: new Uint32Array(0), width: 0, height: 0 };
  #theme: PlotTheme;
  /** Rows of pixels that may be written. */
  #rows = { from: 0, to: 0 };

  /** @param dense lies over `base` and gets the strokes. */
  constructor(base: HTMLCanvasElement, dense: HTMLCanvasElement, theme: PlotTheme) {
    this.#context = base.getContext('2d')!;
    this.#dense = dense.getContext('2d')!;
    this.#theme = theme;
  }

  get columnWidth(): number {
    return 1 / this.#scale;
  }

  /** Clears both canvases. @param scale device pixels per CSS px */
  begin(scale: number, theme: PlotTheme): void {
    this.#scale = scale;
    this.#theme = theme;
    const { canvas } = this.#dense;
    if (this.#image?.width !== canvas.width || this.#image.height !== canvas.height) {
      this.#image = this.#dense.createImageData(Math.max(1, canvas.width), Math.max(1, canvas.height));
      const { width, height, data } = this.#image;
      this.#pixels = { words: new Uint32Array(data.buffer), width, height };
    }
    this.#pixels.words.fill(0);
    this.#rows = { from: 0, to: this.#pixels.height };
    this.#context.setTransform(scale, 0, 0, scale, 0, 0);
    this.#context.clearRect(0, 0, canvas.width, canvas.height);
  }

  end(): void {
    if (this.#image !== undefined) this.#dense.putImageData(this.#image, 0, 0);
  }

  rect({ left, top, width, height }: Box, colour: string): void {
    this.#context.fillStyle = colour;
    this.#context.fillRect(left, top, width, height);
  }

  line(x1: number, y1: number, x2: number, y2: number, style: LineStyle): void {
    this.path([x1, x2], [y1, y2], style);
  }

  path(xs: ArrayLike<number>, ys: ArrayLike<number>, { colour, width = 1, dash = [] }: LineStyle): void {
    const context = this.#context;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash([...dash]);
    context.beginPath();
    let isDown = false;
    for (let point = 0; point < xs.length; point++) {
      const y = ys[point]!;
      if (Number.isNaN(y)) isDown = false;
      else if (isDown) context.lineTo(xs[point]!, y);
      else {
        context.moveTo(xs[point]!, y);
        isDown = true;
      }
    }
    context.stroke();
  }

  text(words: string, x: number, y: number, style: TextStyle): void {
    const { colour, align = 'left', baseline = 'middle', isBold = false, widthMax } = style;
    const context = this.#context;
    context.font = `${isBold ? '600 ' : ''}${this.#theme.font}`;
    context.fillStyle = colour;
    context.textAlign = align;
    context.textBaseline = baseline;
    context.fillText(widthMax === undefined ? words : this.#cut(words, widthMax), x, y);
  }

  columns(left: number, tops: Float32Array, bottoms: Float32Array, rgb: Rgb, alpha: number): void {
    const first = Math.round(left * this.#scale);
    const word = packRgb(rgb);
    for (let column = 0; column < tops.length; column++) {
      const top = tops[column]!;
      if (!Number.isNaN(top)) this.#stroke(first + column, top, bottoms[column]!, word, alpha);
    }
  }

  tick(x: number, top: number, bottom: number, rgb: Rgb, alpha: number): void {
    this.#stroke(Math.round(x * this.#scale), top, bottom, packRgb(rgb), alpha);
  }

  strokes(xs: ArrayLike<number>, tops: ArrayLike<number>, height: number, rgb: Rgb, alpha: number): void {
    const word = packRgb(rgb);
    // As wide as a stroke of an SVG file.
    const columns = Math.max(1, Math.round(this.#scale));
    for (let stroke = 0; stroke < xs.length; stroke++) {
      const first = Math.round((xs[stroke]! - 0.5) * this.#scale);
      for (let column = 0; column < columns; column++)
        this.#stroke(first + column, tops[stroke]!, tops[stroke]! + height, word, alpha);
    }
  }

  clip({ left, top, width, height }: Box, draw: () => void): void {
    const rows = this.#rows;
    this.#rows = { from: Math.round(top * this.#scale), to: Math.round((top + height) * this.#scale) };
    this.#context.save();
    this.#context.beginPath();
    this.#context.rect(left, top, width, height);
    this.#context.clip();
    draw();
    this.#context.restore();
    this.#rows = rows;
  }

  #stroke(x: number, top: number, bottom: number, word: number, alpha: number): void {
    if (x < 0 || x >= this.#pixels.width) return;
    const { from, to } = this.#rows;
    const low = Math.max(top * this.#scale, from);
    const high = Math.min(Math.max(bottom * this.#scale, top * this.#scale + 1), to);
    if (high > low) strokeColumn(this.#pixels, x, low, high, word, alpha);
  }

  #cut(words: string, widthMax: number): string {
    if (this.#context.measureText(words).width <= widthMax) return words;
    let kept = words;
    while (kept !== '' && this.#context.measureText(`${kept}…`).width > widthMax) kept = kept.slice(0, -1);
    return kept === '' ? '' : `${kept}…`;
  }
}
