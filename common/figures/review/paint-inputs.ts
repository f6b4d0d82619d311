// Paints digital inputs of a review, a row for each line: low a line, high a bar, each edge a stroke; a second session's below; used in the page and in reports.
import { formatNumber } from '../format-quantity.ts';
import { type PlotTheme, type Rgb, withAlpha } from '../plot-theme.ts';
import type { Box, Pen } from '../pen.ts';
import { laneMargins } from './lane-layout.ts';
import { type InputColumns, inputColumns, levelBit } from './input-columns.ts';
import type { CountedScene } from './review-scene.ts';
import { type SessionLetter, sessionStyles } from './session-styles.ts';

const opaque = 255;
const labelGap = 8;
const highOpacity = 0.38;
/** Where edges follow each other within as many columns, for so long, they cannot be told apart: they are drawn as one bar. */
const dense = { columns: 3, run: 16, opacity: 0.7 } as const;
/** Of a line of one session and of two, CSS px; where there are many lines they are lower. */
const rowPixels = { one: 18, two: 32, least: 12 } as const;
/** Of the window's height, at most. */
const highestShare = 0.25;
/** Rows of words that are lower have none, and how wide the count of edges may be, CSS px. */
const wordPixels = 11;
const countPixels = laneMargins.right - 8;
/** Between the lines. */
const rowGap = 4;

/** A session whose digital inputs are drawn. */
export interface InputSession {
  letter: SessionLetter;
  scene: CountedScene;
}

/** Names of the lines of all sessions, in the order of the first one. */
export function inputNames(sessions: readonly Pick<InputSession, 'scene'>[]): string[] {
  const names = sessions.flatMap(({ scene }) => scene.description.digitalInputs.map(({ name }) => name));
  return [...new Set(names)];
}

/** Height of the lane, CSS px; 0 where there is no line. @param height of the whole plot, CSS px */
export function inputLanePixels(sessions: readonly Pick<InputSession, 'scene'>[], height: number): number {
  const rows = inputNames(sessions).length;
  const row = sessions.length > 1 ? rowPixels.two : rowPixels.one;
  return rows * Math.max(rowPixels.least, Math.min(row, (highestShare * height) / Math.max(1, rows)));
}

/** Beside each line stands how many rising edges the window has, where there is room. */
export function paintInputs(pen: Pen, box: Box, sessions: readonly InputSession[], theme: PlotTheme): void {
  const names = inputNames(sessions);
  if (names.length === 0) return;
  const count = Math.ceil(box.width / pen.columnWidth);
  const drawn = sessions.map(({ letter, scene }) => ({ letter, scene, lines: inputColumns(scene, count) }));
  const height = box.height / names.length;
  const part = (height - rowGap) / sessions.length;
  for (const [row, name] of names.entries()) {
    const top = box.top + row * height + rowGap / 2;
    pen.text(name, box.left - labelGap, top + (height - rowGap) / 2, {
      colour: theme.muted,
      align: 'right',
      widthMax: box.left - labelGap - 4,
    });
    for (const [index, { letter, scene, lines }] of drawn.entries()) {
      const line = lines[scene.description.digitalInputs.findIndex((input) => input.name === name)];
      if (line === undefined) continue;
      const rgb = sessions.length > 1 ? theme.rgb.series[sessionStyles[letter].series]! : theme.rgb.accent;
      const gap = sessions.length > 1 ? 2 : 0;
      paintLine(pen, { ...box, top: top + index * part, height: part - gap }, line, rgb, theme);
      if (part < wordPixels) continue;
      const style = { colour: sessions.length > 1 ? withAlpha(rgb, 1) : theme.faint, widthMax: countPixels };
      pen.text(`↑ ${formatNumber(line.rises)}`, box.left + box.width + 6, top + (index + 0.5) * part, style);
    }
  }
}

function paintLine(pen: Pen, box: Box, { levels }: InputColumns, rgb: Rgb, theme: PlotTheme): void {
  const fill = withAlpha(rgb, highOpacity);
  const line = withAlpha(rgb, 1);
  const [bottom, thin] = [box.top + box.height - 1, 1];
  forEachRun(levels, (bits, first, end) => {
    const [left, right] = [box.left + first * pen.columnWidth, box.left + end * pen.columnWidth];
    const run = { left, width: Math.min(right, box.left + box.width) - left };
    if ((bits & levelBit.high) !== 0) {
      pen.rect({ ...run, top: box.top, height: box.height }, fill);
      pen.rect({ ...run, top: box.top, height: thin }, line);
    } else pen.rect({ ...run, top: bottom, height: thin }, bits === 0 ? theme.grid : line);
  });
  const [tops, bottoms] = [new Float32Array(levels.length).fill(NaN), new Float32Array(levels.length)];
  for (const [first, last] of edgeRuns(levels)) {
    if (last - first >= dense.run) {
      const left = box.left + first * pen.columnWidth;
      pen.rect({ ...box, left, width: (last + 1 - first) * pen.columnWidth }, theme.panel);
      pen.rect({ ...box, left, width: (last + 1 - first) * pen.columnWidth }, withAlpha(rgb, dense.opacity));
      continue;
    }
    for (let x = first; x <= last; x++) {
      if ((levels[x]! & levelBit.edge) === 0) continue;
      tops[x] = box.top;
      bottoms[x] = box.top + box.height;
    }
  }
  pen.columns(box.left, tops, bottoms, rgb, opaque);
}

/** First and last column of each stretch in which edges follow each other closely. */
function edgeRuns(levels: Uint8Array): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (let x = 0; x < levels.length; x++) {
    if ((levels[x]! & levelBit.edge) === 0) continue;
    const newest = runs.at(-1);
    if (newest !== undefined && x - newest[1] <= dense.columns) newest[1] = x;
    else runs.push([x, x]);
  }
  return runs;
}

/** Calls `visit` for each run of columns with the same bits. */
function forEachRun(levels: Uint8Array, visit: (bits: number, first: number, end: number) => void): void {
  let first = 0;
  for (let x = 1; x <= levels.length; x++) {
    if (x < levels.length && levels[x] === levels[first]) continue;
    visit(levels[first]!, first, x);
    first = x;
  }
}
