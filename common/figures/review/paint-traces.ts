// Paints the traces of the electrodes of a review, one row each, with the scale and the raster of spikes below; used in the page and in reports.
import type { ReviewActivity } from '../../contract/review.ts';
import { scaleBarLength } from '../axis-ticks.ts';
import { formatMicrovolts } from '../format-quantity.ts';
import type { PlotTheme } from '../plot-theme.ts';
import type { Box, Pen } from '../pen.ts';
import { activityTiles, forEachTile, type ReviewScene, traceTiles, type TraceSettings } from './review-scene.ts';
import { samplesPerPixel, type TimeScale, xOf } from './time-scale.ts';
import { addTraces, emptyColumns, joinColumns } from './trace-columns.ts';

const opaque = 255;
const labelGap = 8;
/** Spikes have wider strokes where a pixel is shorter. */
const wideStrokeSeconds = 0.0005;
/** A row that is lower has no label of its own. */
const labelPixels = 12;

export function rowHeight(box: Box, { rows }: TraceSettings): number {
  return box.height / Math.max(1, rows);
}

export function paintTraces(
  pen: Pen,
  box: Box,
  scale: TimeScale,
  scene: ReviewScene,
  settings: TraceSettings,
  theme: PlotTheme,
): void {
  const { description, traces } = scene;
  const height = rowHeight(box, settings);
  const { seen } = traceTiles(scene, box.width / pen.columnWidth, settings);
  const count = Math.ceil(box.width / pen.columnWidth);
  const perColumn = samplesPerPixel(scale) * pen.columnWidth;
  const pixelsPerBit = (description.microvoltsPerBit * height) / settings.microvoltsPerRow;
  const shown = Math.min(settings.rows, description.channels - settings.firstRow);
  const everyLabel = Math.max(1, Math.ceil(labelPixels / height));
  for (let row = 0; row < shown; row++) {
    const channel = settings.firstRow + row;
    const middle = box.top + (row + 0.5) * height;
    if (row % everyLabel === 0)
      pen.text(`E${channel}`, box.left - labelGap, middle, { colour: theme.muted, align: 'right' });
    const columns = emptyColumns(scale.fromSample, perColumn, count);
    forEachTile(traces, seen, (tile, from, to) => addTraces(columns, tile, channel, from, to));
    joinColumns(columns);
    const half = 0.5 * pen.columnWidth;
    pen.clip(box, () =>
      pen.columns(
        box.left,
        columns.highs.map((bits) => middle - bits * pixelsPerBit - half),
        columns.lows.map((bits) => middle - bits * pixelsPerBit + half),
        theme.trace,
        opaque,
      ),
    );
  }
  paintScaleBar(pen, box, settings, height, theme);
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
  const channels = tile.electrodeCounts.length / Math.max(1, tile.columns);
  for (let column = 0; column < tile.columns; column++) {
    const at = tile.fromSample + column * tile.samplesPerColumn;
    if (at < from || at >= to || at + tile.samplesPerColumn < scale.fromSample || at > scale.toSample) continue;
    for (let channel = 0; channel < channels; channel++) {
      const count = tile.electrodeCounts[channel * tile.columns + column]!;
      if (count === 0) continue;
      const top = topOf(channel);
      pen.tick(xOf(scale, at), top, top + stroke, rgb, 90 + (165 * Math.min(count, fullSpikes)) / fullSpikes);
    }
  }
}
