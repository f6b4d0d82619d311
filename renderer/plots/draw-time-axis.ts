// Draws the time axis and its grid lines below a plot that shows a stretch of stream time; used in the page.
import { formatTimeTick, linearTicks } from '../../common/figures/axis-ticks.ts';
import { formatClock } from '../../common/figures/format-quantity.ts';
import type { Area } from './plot-area.ts';
import type { PlotTheme } from '../../common/figures/plot-theme.ts';
import type { TimeLayout } from './time-window.ts';

/** Room that one label takes, CSS px. */
const labelPixels = 64;
const clockPixels = 104;

/**
 * A sweep is labelled from its left edge, a scrolling window by how long ago, a held one by stream time.
 * @param context in device pixels.
 */
export function drawTimeAxis(
  context: CanvasRenderingContext2D,
  layout: TimeLayout,
  area: Area,
  theme: PlotTheme,
  scale: number,
): void {
  const spanSeconds = layout.width * layout.columnSeconds;
  const isClock = layout.isHeld && !layout.isSweep;
  const originSeconds = isClock
    ? (layout.endColumn - layout.width) * layout.columnSeconds
    : layout.isSweep
      ? 0
      : -spanSeconds;
  const most = Math.max(1, Math.floor(area.width / scale / (isClock ? clockPixels : labelPixels)));
  const { step, values } = linearTicks(originSeconds, originSeconds + spanSeconds, Math.min(10, most));
  const bottom = area.top + area.height;
  context.textBaseline = 'top';
  context.font = scaledFont(theme, scale);
  for (const value of values) {
    const x = area.left + Math.round(((value - originSeconds) / spanSeconds) * area.width);
    context.fillStyle = theme.grid;
    context.fillRect(x, area.top, Math.max(1, Math.round(scale)), area.height + Math.round(3 * scale));
    context.fillStyle = theme.faint;
    const label = isClock ? formatClock(value) : formatTimeTick(value, step, spanSeconds < 0.5);
    context.textAlign = 'center';
    context.fillText(label, x, bottom + 6 * scale);
  }
}

/** The axis font in device pixels. */
export function scaledFont(theme: PlotTheme, scale: number, weight = 400): string {
  return theme.font.replace(/^([\d.]+)px/, (_, size: string) => `${weight} ${Number(size) * scale}px`);
}
