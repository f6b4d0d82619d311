// Draws an L-shaped scale bar: microvolts upright, time along the foot; used in the page.
import { scaleBarLength } from '../../common/figures/axis-ticks.ts';
import { scaledFont } from './draw-time-axis.ts';
import { formatMicrovolts, formatSpan } from '../../common/figures/format-quantity.ts';
import type { PlotTheme } from '../../common/figures/plot-theme.ts';

/** Where the corner of the L stands, in device pixels, and what a device pixel is worth. */
export interface ScaleBar {
  x: number;
  y: number;
  microvoltsPerPixel: number;
  secondsPerPixel: number;
}

/** Longest arms, CSS px. */
const mostUpright = 60;
const mostAlong = 50;

export function drawScaleBar(context: CanvasRenderingContext2D, bar: ScaleBar, theme: PlotTheme, scale: number): void {
  const volts = scaleBarLength(bar.microvoltsPerPixel, mostUpright * scale);
  const time = scaleBarLength(bar.secondsPerPixel, mostAlong * scale);
  const thickness = Math.max(1, Math.round(1.5 * scale));
  context.fillStyle = theme.text;
  context.fillRect(bar.x, bar.y - Math.round(volts.pixels), thickness, Math.round(volts.pixels));
  context.fillRect(bar.x, bar.y - thickness, Math.round(time.pixels), thickness);
  context.font = scaledFont(theme, scale);
  context.fillStyle = theme.muted;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(formatMicrovolts(volts.quantity), bar.x + 6 * scale, bar.y - volts.pixels / 2);
  context.textBaseline = 'top';
  context.fillText(formatSpan(time.quantity), bar.x, bar.y + 6 * scale);
}
