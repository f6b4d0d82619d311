// Paints columns of the electrode traces: deliveries, losses, traces, detected spikes; used in the page.
import { ColumnExtents, decimateTraces } from './decimate-traces.ts';
import { lateSeconds } from './event-buffer.ts';
import type { LiveBuffers } from './live-buffers.ts';
import { hatchColumn, packRgb, type Pixels, type Stamp, stampColumn, strokeColumn, triangleStamp } from './pixels.ts';
import type { PlotTheme } from '../../common/figures/plot-theme.ts';
import { modulo } from './time-window.ts';

/** How the rows are laid out. */
export interface TraceRows {
  /** Electrode of the first row. */
  firstRow: number;
  rows: number;
  microvoltsPerRow: number;
}

/** What one painting needs beside the data. */
export interface TracePicture extends TraceRows {
  columnSeconds: number;
  /** Device pixels per CSS pixel. */
  scale: number;
  /** Electrodes that were stimulated in the window. */
  stimulated: ReadonlySet<number>;
  /** Row that is emphasised; the others step back. */
  selectedElectrode: number | null;
}

/** A trace that leaves its row is cut where it would cover the next but one. */
const overlapRows = 1.5;
const strokePixels = 1.15;
const opacity = { trace: 235, dimmedTrace: 105, band: 62, hatch: 110, delivery: 255 } as const;

export class TracePainter {
  readonly theme: PlotTheme;
  readonly #live: LiveBuffers;
  readonly #extents = new ColumnExtents();
  readonly #picture: TracePicture;

  constructor(live: LiveBuffers, theme: PlotTheme, picture: TracePicture) {
    this.#live = live;
    this.theme = theme;
    this.#picture = picture;
  }

  /** Columns that are to be painted again with the newest: late events, and half a mark. */
  get repaintColumns(): number {
    return Math.ceil(lateSeconds / this.#picture.columnSeconds) + Math.ceil(5 * this.#picture.scale);
  }

  paint(pixels: Pixels, from: number, to: number): void {
    const { firstRow, rows, columnSeconds } = this.#picture;
    const { traces } = this.#live;
    if (traces.isEmpty || rows <= 0) return;
    // One column more at the left, for the line that joins it.
    const request = { firstRow, rows, from: from - 1, to, binsPerColumn: columnSeconds / traces.binSeconds };
    decimateTraces(traces, request, this.#extents);
    this.#paintDeliveries(pixels, from, to, 'bands');
    this.#paintLosses(pixels, from, to);
    for (let row = 0; row < rows; row++) this.#paintRow(pixels, from, row);
    this.#paintSpikes(pixels, from, to);
    this.#paintDeliveries(pixels, from, to, 'electrodes');
  }

  #paintLosses(pixels: Pixels, from: number, to: number): void {
    const rgb = packRgb(this.theme.rgb.muted);
    const period = Math.round(8 * this.#picture.scale);
    for (let column = from; column < to; column++)
      if (this.#extents.hasLoss[column - from + 1])
        hatchColumn(pixels, modulo(column, pixels.width), column, period, rgb, opacity.hatch);
  }

  #paintRow(pixels: Pixels, from: number, row: number): void {
    const { rows, firstRow, microvoltsPerRow, scale, stimulated, selectedElectrode } = this.#picture;
    const { columns, low, high } = this.#extents;
    const electrode = firstRow + row;
    const rgb = packRgb(stimulated.has(electrode) ? this.theme.stimulatedTrace : this.theme.trace);
    const isDimmed = selectedElectrode !== null && selectedElectrode !== electrode;
    const alpha = isDimmed ? opacity.dimmedTrace : opacity.trace;
    const rowHeight = pixels.height / rows;
    const centre = (row + 0.5) * rowHeight;
    const pixelsPerCount = (rowHeight / microvoltsPerRow) * this.#live.traces.microvoltsPerCount;
    const reach = rowHeight * overlapRows;
    const half = (strokePixels * scale) / 2;
    // On a fine screen a column is too thin for a stroke: each takes in the one before.
    const isWide = scale >= 1.5;
    let previousLow = NaN;
    let previousHigh = NaN;
    let previousTop = 0;
    let previousBottom = 0;
    for (let column = 0, place = row * columns; column < columns; column++, place++) {
      const ownLow = low[place]!;
      const ownHigh = high[place]!;
      if (ownLow > ownHigh) {
        previousLow = previousHigh = NaN;
        continue;
      }
      const isJoined = isWide && column > 1 && previousLow <= previousHigh;
      // Comparisons with NaN are false: a trace that begins here joins nothing.
      const bottomCount = previousHigh < ownLow ? previousHigh : ownLow;
      const topCount = previousLow > ownHigh ? previousLow : ownHigh;
      previousLow = ownLow;
      previousHigh = ownHigh;
      if (column === 0) continue;
      let top = -topCount * pixelsPerCount;
      let bottom = -bottomCount * pixelsPerCount;
      if (bottom - top < 2 * half) {
        const middle = (top + bottom) / 2;
        top = middle - half;
        bottom = middle + half;
      }
      top = Math.max(-reach, Math.min(top, reach - 2 * half));
      bottom = Math.min(reach, Math.max(bottom, 2 * half - reach));
      const wideTop = isJoined ? Math.min(top, previousTop) : top;
      const wideBottom = isJoined ? Math.max(bottom, previousBottom) : bottom;
      previousTop = top;
      previousBottom = bottom;
      strokeColumn(pixels, modulo(from + column - 1, pixels.width), centre + wideTop, centre + wideBottom, rgb, alpha);
    }
  }

  #paintSpikes(pixels: Pixels, from: number, to: number): void {
    const { rows, firstRow, scale, columnSeconds } = this.#picture;
    const { spikes } = this.#live;
    const rowHeight = pixels.height / rows;
    const mark = spikeMark(rowHeight, columnSeconds * pixels.width, scale);
    const half = (mark.width - 1) / 2;
    const rgb = packRgb(this.theme.rgb.armed);
    const endSeconds = (to + half) * columnSeconds + lateSeconds;
    for (
      let spike = spikes.firstAtOrAfter((from - half) * columnSeconds - lateSeconds);
      spike < spikes.end && spikes.secondsAt(spike) < endSeconds;
      spike++
    ) {
      const row = spikes.idAt(spike) - firstRow;
      if (row < 0 || row >= rows) continue;
      const middle = Math.floor(spikes.secondsAt(spike) / columnSeconds);
      const top = Math.round(row * rowHeight);
      for (let stampX = 0; stampX < mark.width; stampX++) {
        const column = middle - half + stampX;
        if (column >= from && column < to) stampColumn(pixels, modulo(column, pixels.width), top, mark, stampX, rgb);
      }
    }
  }

  /** A faint band over all electrodes, and a strong bar on the one that was stimulated. */
  #paintDeliveries(pixels: Pixels, from: number, to: number, what: 'bands' | 'electrodes'): void {
    const { rows, firstRow, scale, columnSeconds } = this.#picture;
    const { deliveries } = this.#live;
    const rowHeight = pixels.height / rows;
    const width = deliveryColumns(columnSeconds * pixels.width, scale);
    const rgb = packRgb(this.theme.rgb.stim);
    const endSeconds = to * columnSeconds + lateSeconds;
    for (
      let delivery = deliveries.firstAtOrAfter((from - width) * columnSeconds - lateSeconds);
      delivery < deliveries.end && deliveries.secondsAt(delivery) < endSeconds;
      delivery++
    ) {
      const row = deliveries.idAt(delivery) - firstRow;
      if (what === 'electrodes' && (row < 0 || row >= rows)) continue;
      const first = Math.floor(deliveries.secondsAt(delivery) / columnSeconds);
      for (let column = Math.max(first, from); column < Math.min(first + width, to); column++) {
        const x = modulo(column, pixels.width);
        if (what === 'bands') strokeColumn(pixels, x, 0, pixels.height, rgb, opacity.band);
        else strokeColumn(pixels, x, (row + 0.05) * rowHeight, (row + 0.95) * rowHeight, rgb, opacity.delivery);
      }
    }
  }
}

/** A triangle of 7 × 5 CSS px on roomy rows, smaller on narrow ones; on long windows a tick, as marks would cover each other. */
function spikeMark(rowHeight: number, windowSeconds: number, scale: number): Stamp {
  const height = Math.max(3, Math.min(Math.round(4.5 * scale), Math.round(rowHeight * 0.3)));
  if (windowSeconds > 5) return { width: 1, height, alpha: new Uint8Array(height).fill(255) };
  return triangleStamp(2 * Math.round(height * 0.75) + 1, height);
}

/** Bars are thinner on long windows, so that they do not cover the traces. */
function deliveryColumns(windowSeconds: number, scale: number): number {
  return Math.max(1, Math.round((windowSeconds <= 2 ? 4 : windowSeconds <= 10 ? 2 : 1) * scale));
}
