// How the uPlot charts look: axes, grid, cursor, all from the theme; used in the page.
import type uPlot from 'uplot';
import type { PlotTheme } from '../../common/figures/plot-theme.ts';
import { withAlpha } from '../../common/figures/plot-theme.ts';

/** What a chart adds to the common options. */
export interface ChartParts {
  series: uPlot.Series[];
  bands?: uPlot.Band[];
  scales: uPlot.Scales;
  xAxis: AxisParts;
  yAxis: AxisParts;
  /** Draws over the grid and under the series, on the canvas in device pixels. */
  drawBelow?: (chart: uPlot) => void;
  /** Draws over the series. */
  drawAbove?: (chart: uPlot) => void;
}

/** Where an axis has ticks, and their words. */
export interface AxisParts {
  splits: (chart: uPlot, axis: number, min: number, max: number) => number[];
  format: (value: number, step: number) => string;
  /** Along the axis, where the ticks do not say it. */
  label?: string;
}

const yAxisPixels = 58;
const xAxisPixels = 28;

/** Complete options but for the size. */
export function chartOptions(theme: PlotTheme, parts: ChartParts): Omit<uPlot.Options, 'width' | 'height'> {
  const { series, bands = [], scales, drawBelow, drawAbove } = parts;
  return {
    pxAlign: true,
    padding: [8, 24, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false },
      // The chart's owner resets the zoom; uPlot's own reset would ask the data for a range.
      bind: { dblclick: () => null },
    },
    scales,
    series: [{}, ...series],
    bands,
    axes: [axis(theme, parts.xAxis, 2, xAxisPixels), axis(theme, parts.yAxis, 3, yAxisPixels)],
    hooks: {
      drawAxes: drawBelow ? [drawBelow] : [],
      draw: drawAbove ? [drawAbove] : [],
    },
  };
}

function axis(theme: PlotTheme, parts: AxisParts, side: 2 | 3, size: number): uPlot.Axis {
  return {
    side,
    size,
    gap: side === 2 ? 8 : 6,
    font: theme.font,
    labelFont: theme.font,
    ...(parts.label === undefined ? {} : { label: parts.label, labelSize: 20, labelGap: 0 }),
    stroke: theme.faint,
    grid: { stroke: theme.grid, width: 1 },
    ticks: { show: false },
    border: { show: false },
    splits: (chart, index, min, max) => parts.splits(chart, index, min, max),
    values: (_chart, splits) => {
      const step = splits.length > 1 ? Math.abs(splits[1]! - splits[0]!) : 1;
      return splits.map((value) => parts.format(value, step));
    },
    // Every split gets its words: the splits are few.
    filter: (_chart, splits) => splits,
  };
}

/** A filled bar chart's series. */
export function barSeries(bars: uPlot.Series.PathBuilder, colour: string): uPlot.Series {
  return { paths: bars, fill: colour, stroke: colour, width: 0, points: { show: false } };
}

/** A line without points. */
export function lineSeries(colour: string, width = 1.25): uPlot.Series {
  return { stroke: colour, width, points: { show: false } };
}

/** A series in the legend of a chart. */
export interface LegendEntry {
  words: string;
  colour: string;
  dash: readonly number[];
}

/** Names of series at the upper right of the drawing area, each behind a stroke of its own: pictures that are saved have them. */
export function drawLegend(chart: uPlot, theme: PlotTheme, entries: readonly LegendEntry[]): void {
  const { ctx, bbox } = chart;
  const scale = devicePixelRatio;
  const [stroke, gap, row] = [32 * scale, 6 * scale, 18 * scale];
  ctx.save();
  ctx.font = fontAt(theme, scale);
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const widest = Math.max(0, ...entries.map(({ words }) => ctx.measureText(words).width));
  const left = bbox.left + bbox.width - widest - stroke - 2 * gap;
  ctx.fillStyle = theme.panel;
  ctx.globalAlpha = 0.85;
  ctx.fillRect(left - gap, bbox.top, widest + stroke + 3 * gap, row * entries.length + gap);
  ctx.globalAlpha = 1;
  for (const [index, { words, colour, dash }] of entries.entries()) {
    const y = bbox.top + gap / 2 + row * (index + 0.5);
    ctx.strokeStyle = colour;
    ctx.lineWidth = 2.25 * scale;
    ctx.setLineDash(dash.map((part) => part * scale));
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(left + stroke, y);
    ctx.stroke();
    ctx.fillStyle = theme.text;
    ctx.fillText(words, left + stroke + gap, y);
  }
  ctx.restore();
}

/** The theme's font in device pixels. */
function fontAt(theme: PlotTheme, scale: number): string {
  return theme.font.replace(/^([\d.]+)px/, (_, size: string) => `${Number(size) * scale}px`);
}

/** A line across the drawing area at a value of one scale, with words beside it. */
export interface Guide {
  scale: 'x' | 'y';
  value: number;
  colour: string;
  isDashed?: boolean;
  widthPixels?: number;
  label?: string;
}

/** Draws a guide if it is within the drawing area. */
export function drawGuide(chart: uPlot, theme: PlotTheme, guide: Guide): void {
  const { ctx, bbox } = chart;
  const scale = devicePixelRatio;
  const at = Math.round(chart.valToPos(guide.value, guide.scale, true));
  const isUpright = guide.scale === 'x';
  const [low, size] = isUpright ? [bbox.left, bbox.width] : [bbox.top, bbox.height];
  if (!Number.isFinite(at) || at < low || at > low + size) return;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = guide.colour;
  ctx.lineWidth = Math.max(1, Math.round((guide.widthPixels ?? 1) * scale));
  // What was drawn before may have left its dashes.
  ctx.setLineDash(guide.isDashed === true ? [5 * scale, 4 * scale] : []);
  const middle = at + (ctx.lineWidth % 2) / 2;
  ctx.beginPath();
  ctx.moveTo(isUpright ? middle : bbox.left, isUpright ? bbox.top : middle);
  ctx.lineTo(isUpright ? middle : bbox.left + bbox.width, isUpright ? bbox.top + bbox.height : middle);
  ctx.stroke();
  if (guide.label) {
    ctx.font = fontAt(theme, scale);
    ctx.textAlign = isUpright ? 'left' : 'right';
    ctx.textBaseline = isUpright ? 'top' : 'bottom';
    if (isUpright) ctx.fillText(guide.label, at + 4 * scale, bbox.top + scale);
    else ctx.fillText(guide.label, bbox.left + bbox.width - 4 * scale, at - 3 * scale);
  }
  ctx.restore();
}

/** Fills a stretch of x over the whole height. */
export function drawSpan(
  chart: uPlot,
  fromX: number,
  toX: number,
  colour: PlotTheme['rgb']['muted'],
  alpha: number,
): void {
  const { ctx, bbox } = chart;
  const clamp = (x: number) => Math.min(Math.max(chart.valToPos(x, 'x', true), bbox.left), bbox.left + bbox.width);
  ctx.save();
  ctx.fillStyle = withAlpha(colour, alpha);
  ctx.fillRect(clamp(fromX), bbox.top, clamp(toX) - clamp(fromX), bbox.height);
  ctx.restore();
}
