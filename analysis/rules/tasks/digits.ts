// Digits of 8 × 8 pixels, drawn with strokes that are turned, scaled, sheared and shifted at random; analysis process.
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { digitStrokes, type Stroke } from './digit-glyphs.ts';
import { classTargets, type Samples, type StaticTask } from './static-task.ts';

export const digitPixels = 8;
/** Half the width of a stroke, as a part of the square's side. */
const strokeWidth = 0.075;
const testSamples = 1000;

/** A point of the glyph to a place on the square. */
type Placing = (x: number, y: number) => readonly [number, number];

/** What a jitter of 1 is at most. */
const largest = { degrees: 10, scale: 0.1, shear: 0.1, pixels: 0.7 };

function randomPlacing(jitter: number, random: Random): Placing {
  const within = (most: number) => most * jitter * (2 * random.uniform() - 1);
  const angle = (within(largest.degrees) * Math.PI) / 180;
  const [width, height] = [1 + within(largest.scale), 1 + within(largest.scale)];
  const shear = within(largest.shear);
  const [right, down] = [within(largest.pixels) / digitPixels, within(largest.pixels) / digitPixels];
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return (x, y) => {
    const [dx, dy] = [(x - 0.5) * width + (y - 0.5) * shear, (y - 0.5) * height];
    return [0.5 + cosine * dx - sine * dy + right, 0.5 + sine * dx + cosine * dy + down];
  };
}

/** @returns the distance from a point to a piece of a stroke. */
function distance(x: number, y: number, [ax, ay]: readonly number[], [bx, by]: readonly number[]): number {
  const [dx, dy] = [bx! - ax!, by! - ay!];
  const along = Math.min(1, Math.max(0, ((x - ax!) * dx + (y - ay!) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax! - along * dx, y - ay! - along * dy);
}

/** @param into 64 pixels, row by row from the top; 1 inside a stroke, falling to 0 over one pixel beside it */
function draw(strokes: readonly Stroke[], placing: Placing, into: Float64Array): void {
  const placed = strokes.map((stroke) => stroke.map(([x, y]) => placing(x, y)));
  for (let pixel = 0; pixel < into.length; pixel++) {
    const x = ((pixel % digitPixels) + 0.5) / digitPixels;
    const y = (Math.floor(pixel / digitPixels) + 0.5) / digitPixels;
    let nearest = Infinity;
    for (const stroke of placed) {
      for (let piece = 1; piece < stroke.length; piece++)
        nearest = Math.min(nearest, distance(x, y, stroke[piece - 1]!, stroke[piece]!));
    }
    into[pixel] = Math.min(1, Math.max(0, 1 - (nearest - strokeWidth) * digitPixels));
  }
}

/** Every batch is new; classes come in turn. Pixels are shifted by −0.25, about their mean. */
export function digits({ jitter, noise }: { jitter: number; noise: number }, random: Random): StaticTask {
  const drawSamples = (samples: number, from: Random): Samples => {
    const inputs = new Matrix(samples, digitPixels ** 2);
    const classes = Array.from({ length: samples }, (_, index) => index % digitStrokes.length);
    classes.forEach((digit, sample) => {
      const row = inputs.row(sample);
      draw(digitStrokes[digit]!, randomPlacing(jitter, from), row);
      for (let pixel = 0; pixel < row.length; pixel++) row[pixel]! += noise * from.normal() - 0.25;
    });
    return { inputs, targets: classTargets(classes, digitStrokes.length) };
  };
  const tested = drawSamples(testSamples, random);
  return {
    inputs: digitPixels ** 2,
    outputs: digitStrokes.length,
    hasClasses: true,
    batch: (_, samples, from) => drawSamples(samples, from),
    test: () => tested,
  };
}
