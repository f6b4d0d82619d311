// Paints the traces of the electrodes of a review, one row each, with the scale and the raster of spikes below; used in the page and in reports.
import type { ReviewActivity, ReviewTraces } from '../../contract/review.ts';
import { scaleBarLength } from '../axis-ticks.ts';
import { formatMicrovolts } from '../format-quantity.ts';
import type { PlotTheme, Rgb } from '../plot-theme.ts';
import type { Box, Pen } from '../pen.ts';
import {
  activityTiles,
  columnsBetween,
  forEachTile,
  type ReviewScene,
  type TraceScene,
  traceTiles,
  type TraceSettings,
} from './review-scene.ts';
import { type SessionLetter, sessionStyles } from './session-styles.ts';
import { samplesPerPixel, timeScale, type TimeScale, xOf } from './time-scale.ts';
import { addTraces, clearColumns, emptyColumns, joinColumns } from './trace-columns.ts';

const opaque = 255;
const labelGap = 8;
/** Beside the letters of two sessions. */
const letterGap = 26;
/** Spikes have wider strokes where a pixel is shorter. */
const wideStrokeSeconds = 0.0005;
/** A row that is lower has no label of its own. */
const labelPixels = 12;

/** A session whose traces are drawn. */
export interface TraceSession {
  letter: SessionLetter;
  scene: TraceScene;
}

/** Of an electrode, CSS px. */
export function rowHeight(box: Box, { rows }: TraceSettings): number {
  return box.height / Math.max(1, rows);
}

/** Two sessions have half of each electrode's row each, in the same scale: none hides the other. */
export function paintTraces(
  pen: Pen,
  box: Box,
  sessions: readonly TraceSession[],
  settings: TraceSettings,
  theme: PlotTheme,
): void {
  const height = rowHeight(box, settings);
  const part = height / sessions.length;
  const hasLetters = sessions.length > 1 && part >= labelPixels;
  const shown = Math.min(
    settings.rows,
    Math.max(...sessions.map(({ scene }) => scene.description.channels)) - settings.firstRow,
  );
  const everyLabel = Math.max(1, Math.ceil(labelPixels / height));
  for (let row = 0; row < shown; row += everyLabel)
    pen.text(
      `E${settings.firstRow + row}`,
      box.left - (hasLetters ? letterGap : labelGap),
      box.top + (row + 0.5) * height,
      {
        colour: theme.muted,
        align: 'right',
      },
    );
  for (const [index, { letter, scene }] of sessions.entries()) {
    const { series } = sessionStyles[letter];
    const middleOf = (row: number) => box.top + row * height + (index + 0.5) * part;
    const rgb = sessions.length > 1 ? theme.rgb.series[series]! : theme.trace;
    paintSession(pen, box, scene, settings, part, middleOf, rgb);
    for (let row = 0; hasLetters && row < shown; row++)
      pen.text(letter, box.left - labelGap, middleOf(row), { colour: theme.series[series]!, align: 'right' });
  }
  paintScaleBar(pen, box, settings, part, theme);
}

/** @param height of a row, CSS px. @param middleOf where a row's 0 µV lies, CSS px */
function paintSession(
  pen: Pen,
  box: Box,
  scene: TraceScene,
  settings: TraceSettings,
  height: number,
  middleOf: (row: number) => number,
  rgb: Rgb,
): void {
  const { description, traces, window } = scene;
  const scale = timeScale(window, box);
  const { seen } = traceTiles(scene, box.width / pen.columnWidth, settings);
  const count = Math.ceil(box.width / pen.columnWidth);
  const perColumn = samplesPerPixel(scale) * pen.columnWidth;
  const pixelsPerBit = (description.microvoltsPerBit * height) / settings.microvoltsPerRow;
  const shown = Math.min(settings.rows, description.channels - settings.firstRow);
  const pieces: [tile: ReviewTraces, from: number, to: number][] = [];
  forEachTile(traces, seen, (...piece) => pieces.push(piece));
  const columns = emptyColumns(scale.fromSample, perColumn, count);
  const { lows, highs } = columns;
  const half = 0.5 * pen.columnWidth;
  pen.clip(box, () => {
    for (let row = 0; row < shown; row++) {
      const middle = middleOf(row);
      for (const [tile, from, to] of pieces) addTraces(columns, tile, settings.firstRow + row, from, to);
      joinColumns(columns);
      for (let x = 0; x < count; x++) {
        highs[x] = middle - highs[x]! * pixelsPerBit - half;
        lows[x] = middle - lows[x]! * pixelsPerBit + half;
      }
      pen.columns(box.left, highs, lows, rgb, opaque);
      clearColumns(columns);
    }
  });
}

/** An upright bar beside the lane: how many µV it is high. */
function paintScaleBar(pen: Pen, box: Box, settings: TraceSettings, height: number, theme: PlotTheme): void {
  const { quantity, pixels } = scaleBarLength(settings.microvoltsPerRow / height, Math.max(40, 1.5 * height));
  const x = box.left + box.width + 6;
  const bottom = box.top + box.height - 6;
  pen.line(x, bottom - pixels, x, bottom, { colour: theme.text, width: 2 });
  pen.text(formatMicrovolts(quantity), x + 5, bottom - 9, { colour: theme.text });
}

/** One row per electrode: each spike a stroke, or how many there are as the stroke's strength. */
export function paintRaster(pen: Pen, box: Box, scale: TimeScale, scene: ReviewScene, theme: PlotTheme): void {
  const { description, activity } = scene;
  const height = box.height / description.channels;
  const { seen } = activityTiles(scene, box.width / pen.columnWidth);
  const topOf = (channel: number) => box.top + channel * height;
  const stroke = Math.max(height * 0.85, 1);
  const rgb = theme.rgb.series.at(-1)!;
  const isWide = samplesPerPixel(scale) < wideStrokeSeconds * scale.sampleRateHz;
  pen.rect(box, theme.grid);
  pen.clip(box, () => {
    forEachTile(activity, seen, (tile, from, to) => {
      if (!tile.hasSpikes) return paintDensity(pen, tile, from, to, scale, topOf, stroke, rgb);
      for (let spike = 0; spike < tile.spikeAt.length; spike++) {
        const at = tile.spikeAt[spike]!;
        if (at < from || at >= to || at < scale.fromSample || at > scale.toSample) continue;
        const top = topOf(tile.spikeChannel[spike]!);
        const x = xOf(scale, at);
        pen.tick(x, top, top + stroke, rgb, opaque);
        if (isWide) pen.tick(x + pen.columnWidth, top, top + stroke, rgb, opaque);
      }
    });
  });
  pen.text('Spikes', box.left - labelGap, box.top + 8, { colour: theme.muted, align: 'right' });
  pen.text(`E0–E${description.channels - 1}`, box.left - labelGap, box.top + 23, {
    colour: theme.faint,
    align: 'right',
  });
}

/** Spikes in a column that make it fully opaque. */
const fullSpikes = 4;

function paintDensity(
  pen: Pen,
  tile: ReviewActivity,
  from: number,
  to: number,
  scale: TimeScale,
  topOf: (channel: number) => number,
  stroke: number,
  rgb: PlotTheme['trace'],
): void {
  const { fromSample, samplesPerColumn, columns, electrodeCounts } = tile;
  const [first, end] = columnsBetween(tile, Math.max(from, scale.fromSample), Math.min(to, scale.toSample));
  const xs = Float64Array.from({ length: end - first }, (_, column) =>
    xOf(scale, fromSample + (first + column) * samplesPerColumn),
  );
  // Electrode by electrode, as the counts lie.
  for (let channel = 0; (channel + 1) * columns <= electrodeCounts.length; channel++) {
    const top = topOf(channel);
    for (let column = first; column < end; column++) {
      const count = electrodeCounts[channel * columns + column]!;
      if (count === 0) continue;
      const alpha = 90 + (165 * Math.min(count, fullSpikes)) / fullSpikes;
      pen.tick(xs[column - first]!, top, top + stroke, rgb, alpha);
    }
  }
}
