import { describe, expect, it } from 'vitest';
import { packRgb, type Pixels, strokeColumn, triangleStamp } from './pixels.ts';

const rgb = packRgb([1, 2, 3]);
const blank = (height = 6): Pixels => ({ words: new Uint32Array(2 * height), width: 2, height });
/** Opacities of the right one of two columns. */
const opacities = ({ words, width, height }: Pixels) =>
  Array.from({ length: height }, (_, y) => words[y * width + 1]! >>> 24);

describe('strokeColumn', () => {
  it('covers whole pixels fully and the ends by their share', () => {
    const pixels = blank();
    strokeColumn(pixels, 1, 1.5, 4.25, rgb, 200);
    expect(opacities(pixels)).toEqual([0, 100, 200, 200, 50, 0]);
    expect(pixels.words[2 * 2 + 1]! & 0xffffff).toBe(rgb);
  });

  it('keeps to its column and to the picture', () => {
    const pixels = blank();
    strokeColumn(pixels, 1, -3, 99, rgb, 255);
    expect(opacities(pixels)).toEqual([255, 255, 255, 255, 255, 255]);
    expect(pixels.words.filter((_, place) => place % 2 === 0).every((word) => word === 0)).toBe(true);
  });

  it('does not make darker what two strokes cover', () => {
    const pixels = blank();
    strokeColumn(pixels, 1, 0, 3, rgb, 100);
    strokeColumn(pixels, 1, 2, 5, rgb, 100);
    expect(opacities(pixels)).toEqual([100, 100, 100, 100, 100, 0]);
  });

  it('draws a stroke that is thinner than a pixel', () => {
    const pixels = blank();
    strokeColumn(pixels, 1, 2.25, 2.75, rgb, 200);
    expect(opacities(pixels)).toEqual([0, 0, 100, 0, 0, 0]);
  });
});

describe('triangleStamp', () => {
  it('is wide above, pointed below and even on both sides', () => {
    const { width, alpha, height } = triangleStamp(7, 5);
    const rows = Array.from({ length: height }, (_, row) => [...alpha.slice(row * width, (row + 1) * width)]);
    for (const row of rows) expect(row).toEqual([...row].reverse());
    const sums = rows.map((row) => row.reduce((sum, value) => sum + value, 0));
    expect(sums).toEqual([...sums].sort((a, b) => b - a));
    expect(rows[0]![3]).toBe(255);
  });
});
