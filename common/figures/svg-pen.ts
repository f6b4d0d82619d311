// Draws the lanes of a review, and charts, as an SVG file: every line stays a line that can be edited; used in the page and in reports.
import { axisFontPixels, type PlotTheme, type Rgb, withAlpha } from './plot-theme.ts';
import type { Box, LineStyle, Pen, TextStyle } from './pen.ts';

const number = (value: number) => String(Math.round(value * 100) / 100);
const escaped = (words: string) =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
/** About the width of a character, in parts of the font's size. */
const characterWidth = 0.55;

export class SvgPen implements Pen {
  readonly columnWidth = 1;
  readonly #theme: PlotTheme;
  readonly #name: string;
  readonly #parts: string[] = [];
  #clips = 0;

  /** @param name of the drawing, different for each in one document: parts of it are referred to by it */
  constructor(theme: PlotTheme, name = '') {
    this.#theme = theme;
    this.#name = name;
  }

  /** The file's text. */
  svg(width: number, height: number, title: string): string {
    const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width)}" height="${number(height)}" viewBox="0 0 ${number(width)} ${number(height)}" font-family="${escaped(this.#theme.fontFamily)}" font-size="${axisFontPixels}">`;
    const ground = `<rect width="100%" height="100%" fill="${escaped(this.#theme.panel)}"/>`;
    return `${head}\n<title>${escaped(title)}</title>\n${ground}\n${this.#parts.join('\n')}\n</svg>\n`;
  }

  rect({ left, top, width, height }: Box, colour: string): void {
    if (width <= 0 || height <= 0) return;
    this.#parts.push(
      `<rect x="${number(left)}" y="${number(top)}" width="${number(width)}" height="${number(height)}" fill="${escaped(colour)}"/>`,
    );
  }

  line(x1: number, y1: number, x2: number, y2: number, style: LineStyle): void {
    this.path([x1, x2], [y1, y2], style);
  }

  path(xs: ArrayLike<number>, ys: ArrayLike<number>, { colour, width = 1, dash = [] }: LineStyle): void {
    let d = '';
    let isDown = false;
    for (let point = 0; point < xs.length; point++) {
      const y = ys[point]!;
      if (!Number.isNaN(y)) d += `${isDown ? 'L' : 'M'}${number(xs[point]!)} ${number(y)}`;
      isDown = !Number.isNaN(y);
    }
    if (d === '') return;
    const dashes = dash.length > 0 ? ` stroke-dasharray="${dash.join(' ')}"` : '';
    this.#parts.push(
      `<path d="${d}" fill="none" stroke="${escaped(colour)}" stroke-width="${number(width)}"${dashes}/>`,
    );
  }

  text(words: string, x: number, y: number, style: TextStyle): void {
    const { colour, align = 'left', baseline = 'middle', isBold = false, widthMax = Infinity } = style;
    const anchor = { left: 'start', center: 'middle', right: 'end' }[align];
    const most = Math.floor(widthMax / (axisFontPixels * characterWidth));
    const shown = words.length <= most ? words : `${words.slice(0, Math.max(0, most - 1))}…`;
    const shift = { top: 0.8, middle: 0.35, bottom: -0.2 }[baseline] * axisFontPixels;
    this.#parts.push(
      `<text x="${number(x)}" y="${number(y + shift)}" fill="${escaped(colour)}" text-anchor="${anchor}"${isBold ? ' font-weight="600"' : ''}>${escaped(shown)}</text>`,
    );
  }

  columns(left: number, tops: Float32Array, bottoms: Float32Array, rgb: Rgb, alpha: number): void {
    let d = '';
    for (let column = 0; column < tops.length; column++) {
      if (Number.isNaN(tops[column]!)) continue;
      const bottom = Math.max(bottoms[column]!, tops[column]! + 0.5);
      d += `M${number(left + column + 0.5)} ${number(tops[column]!)}V${number(bottom)}`;
    }
    if (d !== '') this.#parts.push(`<path d="${d}" fill="none" stroke="${withAlpha(rgb, alpha / 255)}"/>`);
  }

  tick(x: number, top: number, bottom: number, rgb: Rgb, alpha: number): void {
    this.line(x, top, x, bottom, { colour: withAlpha(rgb, alpha / 255) });
  }

  strokes(xs: ArrayLike<number>, tops: ArrayLike<number>, height: number, rgb: Rgb, alpha: number): void {
    let d = '';
    for (let stroke = 0; stroke < xs.length; stroke++)
      d += `M${number(xs[stroke]!)} ${number(tops[stroke]!)}v${number(height)}`;
    if (d !== '') this.#parts.push(`<path d="${d}" fill="none" stroke="${withAlpha(rgb, alpha / 255)}"/>`);
  }

  clip({ left, top, width, height }: Box, draw: () => void): void {
    const id = `clip${this.#name}-${++this.#clips}`;
    this.#parts.push(
      `<clipPath id="${id}"><rect x="${number(left)}" y="${number(top)}" width="${number(width)}" height="${number(height)}"/></clipPath>`,
      `<g clip-path="url(#${id})">`,
    );
    draw();
    this.#parts.push('</g>');
  }
}
