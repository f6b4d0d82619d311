// What the electrode plot draws and reads out: rows, labels, thresholds, scale bar; used in the page.
import { completeSeconds } from './decimate-traces.ts';
import { drawScaleBar } from './draw-scale-bar.ts';
import { scaledFont } from './draw-time-axis.ts';
import { type EventBuffer, lateSeconds } from './event-buffer.ts';
import { formatClock, formatMicrovolts, formatNumber } from '../../common/figures/format-quantity.ts';
import type { LiveBuffers } from './live-buffers.ts';
import type { Pixels } from './pixels.ts';
import type { Margins } from './plot-area.ts';
import { withAlpha } from '../../common/figures/plot-theme.ts';
import type { StripContent, StripFrame } from './strip-view.ts';
import type { KeptSpan } from './time-navigation.ts';
import { TracePainter } from './trace-painter.ts';

/** What the operator chose. */
export interface TraceSettings {
  microvoltsPerRow: number;
  firstRow: number;
  rows: number;
  selectedElectrode: number | null;
  /** µV per electrode; empty: none is drawn. */
  thresholdsMicrovolts: readonly number[];
}

/** Height that a row's label needs, CSS px; on narrower rows only every second (third …) is labelled. */
const labelPixels = 12.5;
const margins: Margins = { left: 46, right: 64, top: 6, bottom: 26 };

export class TraceContent implements StripContent {
  readonly margins = margins;
  settings: TraceSettings = {
    microvoltsPerRow: 200,
    firstRow: 0,
    rows: 0,
    selectedElectrode: null,
    thresholdsMicrovolts: [],
  };
  readonly #live: LiveBuffers;
  #stimulated: ReadonlySet<number> = new Set();
  #painter: TracePainter | undefined;
  #painterKey = '';

  constructor(live: LiveBuffers) {
    this.#live = live;
  }

  get isEmpty(): boolean {
    return this.#live.traces.isEmpty;
  }

  get repaintColumns(): number {
    return this.#painter?.repaintColumns ?? 0;
  }

  kept(columnSeconds: number): KeptSpan {
    const { traces } = this.#live;
    return { firstSeconds: traces.firstSeconds, endSeconds: completeSeconds(traces, columnSeconds) };
  }

  prepare({ layout, scale, theme }: StripFrame): { strip: string; base: string } {
    const { microvoltsPerRow, firstRow, rows, selectedElectrode, thresholdsMicrovolts } = this.settings;
    const { traces } = this.#live;
    const endSeconds = layout.endColumn * layout.columnSeconds;
    const fromSeconds = endSeconds - layout.width * layout.columnSeconds;
    this.#stimulated = electrodesWithin(this.#live.deliveries, fromSeconds, endSeconds);
    const strip = [
      ...[traces.channels, traces.binSeconds, traces.microvoltsPerCount, this.isEmpty, layout.columnSeconds],
      ...[microvoltsPerRow, firstRow, rows, selectedElectrode, scale, [...this.#stimulated]],
    ].join(' ');
    if (strip !== this.#painterKey || this.#painter?.theme !== theme) {
      this.#painterKey = strip;
      this.#painter = new TracePainter(this.#live, theme, {
        ...{ firstRow, rows, microvoltsPerRow, selectedElectrode, scale },
        columnSeconds: layout.columnSeconds,
        stimulated: this.#stimulated,
      });
    }
    // The running noise estimate moves thresholds by less than one would see.
    return { strip, base: `${strip} ${thresholdsMicrovolts.map((threshold) => Math.round(threshold)).join()}` };
  }

  paint(pixels: Pixels, from: number, to: number): void {
    this.#painter?.paint(pixels, from, to);
  }

  drawBase(context: CanvasRenderingContext2D, frame: StripFrame): void {
    const { area, scale, theme, layout } = frame;
    const { rows, firstRow, microvoltsPerRow, selectedElectrode } = this.settings;
    const rowHeight = area.height / rows;
    const labelEvery = Math.ceil((labelPixels * scale) / rowHeight);
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (let row = 0; row < rows; row++) {
      const electrode = firstRow + row;
      const y = area.top + (row + 0.5) * rowHeight;
      const isSelected = electrode === selectedElectrode;
      if (isSelected) {
        context.fillStyle = withAlpha(theme.rgb.accent, 0.1);
        context.fillRect(0, y - rowHeight / 2, area.left + area.width, rowHeight);
      }
      if (electrode % labelEvery !== 0 && !isSelected) continue;
      context.font = scaledFont(theme, scale, isSelected ? 700 : 400);
      context.fillStyle = isSelected ? theme.text : this.#stimulated.has(electrode) ? theme.stim : theme.muted;
      context.fillText(`E${electrode}`, area.left - 8 * scale, y);
    }
    this.#drawThresholds(context, frame, rowHeight);
    const bar = {
      x: area.left + area.width + Math.round(12 * scale),
      y: area.top + area.height - Math.round(20 * scale),
      microvoltsPerPixel: microvoltsPerRow / rowHeight,
      secondsPerPixel: layout.columnSeconds,
    };
    drawScaleBar(context, bar, theme, scale);
  }

  readOut(seconds: number, height: number, reachSeconds: number): string[] {
    const { traces, spikes, deliveries } = this.#live;
    const electrode = this.electrodeAt(height);
    const bin = Math.floor(seconds / traces.binSeconds);
    const lines = [`E${electrode} · ${formatClock(seconds)}`];
    if (traces.isMissing(bin)) {
      lines.push(bin >= traces.firstBin && bin < traces.endBin ? 'samples lost' : 'no samples');
    } else {
      const place = traces.offsetOf(bin) + electrode;
      const [low, high] = [traces.min[place]!, traces.max[place]!].map((count) => count * traces.microvoltsPerCount);
      lines.push(low === high ? formatMicrovolts(low!) : `${formatMicrovolts(low!)} … ${formatMicrovolts(high!)}`);
    }
    const spike = nearestEvent(spikes, seconds, reachSeconds, electrode);
    if (spike !== null) lines.push(`spike ${formatMicrovolts(spikes.valueAt(spike))}`);
    const delivery = nearestEvent(deliveries, seconds, reachSeconds, null);
    if (delivery !== null)
      lines.push(`delivery E${deliveries.idAt(delivery)}, ${formatNumber(deliveries.valueAt(delivery))} µA`);
    return lines;
  }

  /** @param height 0 top to 1 bottom. */
  electrodeAt(height: number): number {
    const { firstRow, rows } = this.settings;
    return firstRow + Math.min(Math.max(Math.floor(height * rows), 0), rows - 1);
  }

  #drawThresholds(context: CanvasRenderingContext2D, { area, scale, theme }: StripFrame, rowHeight: number): void {
    const { rows, firstRow, microvoltsPerRow, thresholdsMicrovolts } = this.settings;
    context.strokeStyle = withAlpha(theme.rgb.armed, 0.45);
    context.lineWidth = Math.max(1, Math.round(scale));
    context.setLineDash([3 * scale, 5 * scale]);
    context.beginPath();
    for (let row = 0; row < rows; row++) {
      const threshold = thresholdsMicrovolts[firstRow + row];
      if (threshold === undefined) continue;
      const y = Math.round(area.top + (row + 0.5 - threshold / microvoltsPerRow) * rowHeight) + 0.5;
      context.moveTo(area.left, y);
      context.lineTo(area.left + area.width, y);
    }
    context.stroke();
    context.setLineDash([]);
  }
}

/** Electrodes of the events between two times, in ascending order. */
function electrodesWithin(events: EventBuffer, fromSeconds: number, toSeconds: number): ReadonlySet<number> {
  const electrodes = new Set<number>();
  for (let event = events.firstAtOrAfter(fromSeconds); event < events.end; event++)
    if (events.secondsAt(event) < toSeconds + lateSeconds) electrodes.add(events.idAt(event));
  return new Set([...electrodes].sort((a, b) => a - b));
}

/** The event nearest to a time, no farther than `reachSeconds`. @param id electrode; null: any. */
function nearestEvent(events: EventBuffer, seconds: number, reachSeconds: number, id: number | null): number | null {
  let nearest: number | null = null;
  let distance = reachSeconds;
  for (let event = events.firstAtOrAfter(seconds - reachSeconds - lateSeconds); event < events.end; event++) {
    const own = Math.abs(events.secondsAt(event) - seconds);
    if (events.secondsAt(event) > seconds + reachSeconds + lateSeconds) break;
    if (own > distance || (id !== null && events.idAt(event) !== id)) continue;
    nearest = event;
    distance = own;
  }
  return nearest;
}
