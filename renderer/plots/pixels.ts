// Drawing straight into the pixels of a picture: upright strokes with soft ends, bands, hatching and small stamps; used in the page.
import type { Rgb } from '../../common/figures/plot-theme.ts';

/** Pixels of an ImageData as 32-bit words, row by row, not premultiplied; little-endian, as every machine that runs this. */
export interface Pixels {
  words: Uint32Array;
  width: number;
  height: number;
}

/** A small picture of opacities, 0 to 255, row by row. */
export interface Stamp {
  width: number;
  height: number;
  alpha: Uint8Array;
}

/** Colour without opacity, as a pixel's word. */
export function packRgb([red, green, blue]: Rgb): number {
  return (blue << 16) | (green << 8) | red;
}

/** Puts a colour where it is more opaque than what is there: overlapping strokes do not darken each other. */
function raise(words: Uint32Array, place: number, rgb: number, alpha: number): void {
  if (alpha > words[place]! >>> 24) words[place] = ((alpha << 24) | rgb) >>> 0;
}

/** One column from `top` to `bottom` (fractions make soft ends). @param alpha 0 to 255. */
export function strokeColumn(pixels: Pixels, x: number, top: number, bottom: number, rgb: number, alpha: number): void {
  const { words, width, height } = pixels;
  const from = Math.max(top, 0);
  const to = Math.min(bottom, height);
  if (to <= from) return;
  const first = Math.floor(from);
  const last = Math.min(Math.floor(to), height - 1);
  let place = first * width + x;
  if (first === last) {
    raise(words, place, rgb, ((to - from) * alpha) | 0);
    return;
  }
  raise(words, place, rgb, ((first + 1 - from) * alpha) | 0);
  // As `raise`, in the loop that most of a drawing's time goes into.
  const word = ((alpha << 24) | rgb) >>> 0;
  const least = (alpha << 24) >>> 0;
  for (let y = first + 1; y < last; y++) {
    place += width;
    if (words[place]! < least) words[place] = word;
  }
  raise(words, place + width, rgb, ((to - last) * alpha) | 0);
}

/** One column of slanting lines, 45° to the right; neighbouring columns join. @param period pixels from line to line. */
export function hatchColumn(
  pixels: Pixels,
  x: number,
  column: number,
  period: number,
  rgb: number,
  alpha: number,
): void {
  const { words, width, height } = pixels;
  for (let y = 0; y < height; y++)
    if ((((column + y) % period) + period) % period < period / 4) raise(words, y * width + x, rgb, alpha);
}

/** Part of a stamp that falls into one column. @param stampColumn column of the stamp. @param top pixel of its first row. */
export function stampColumn(
  pixels: Pixels,
  x: number,
  top: number,
  stamp: Stamp,
  stampColumn: number,
  rgb: number,
): void {
  for (let row = 0; row < stamp.height; row++) {
    const y = top + row;
    if (y < 0 || y >= pixels.height) continue;
    raise(pixels.words, y * pixels.width + x, rgb, stamp.alpha[row * stamp.width + stampColumn]!);
  }
}

/** A triangle that points down, with soft edges. @param width odd, so that its point is on a pixel. */
export function triangleStamp(width: number, height: number): Stamp {
  const alpha = new Uint8Array(width * height);
  const samples = 4;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let inside = 0;
      for (let sub = 0; sub < samples * samples; sub++) {
        const px = x + ((sub % samples) + 0.5) / samples;
        const py = y + (Math.floor(sub / samples) + 0.5) / samples;
        if (Math.abs(px - width / 2) <= (width / 2) * (1 - py / height)) inside++;
      }
      alpha[y * width + x] = Math.round((255 * inside) / (samples * samples));
    }
  return { width, height, alpha };
}
