// Brings traces to one minimum and maximum per screen column, so that no spike vanishes at any zoom; used in the page.
import type { TraceBuffer } from './trace-buffer.ts';

/** Extents of rows × columns, row-major, in counts. Where nothing is known `low` is above `high`. */
export class ColumnExtents {
  rows = 0;
  columns = 0;
  low = new Float32Array(0);
  high = new Float32Array(0);
  /** 1 where at least one bin of the column was lost. */
  hasLoss = new Uint8Array(0);

  resize(rows: number, columns: number): void {
    this.rows = rows;
    this.columns = columns;
    if (this.low.length < rows * columns) {
      this.low = new Float32Array(rows * columns);
      this.high = new Float32Array(rows * columns);
    }
    if (this.hasLoss.length < columns) this.hasLoss = new Uint8Array(columns);
  }
}

/** What is asked for: channels `firstRow` … and columns `from` to below `to`, `binsPerColumn` wide (may be below 1). */
export interface DecimationRequest {
  firstRow: number;
  rows: number;
  from: number;
  to: number;
  binsPerColumn: number;
}

/** Stream time up to which columns can be painted: lines between bins need the bin after. */
export function completeSeconds(traces: TraceBuffer, columnSeconds: number): number {
  return (columnSeconds < traces.binSeconds ? traces.endBin - 1 : traces.endBin) * traces.binSeconds;
}

/** Fills `extents`. Columns before the oldest bin are unknown, and not lost. */
export function decimateTraces(traces: TraceBuffer, request: DecimationRequest, extents: ColumnExtents): void {
  extents.resize(request.rows, request.to - request.from);
  if (request.binsPerColumn >= 1) mergeBins(traces, request, extents);
  else interpolateBins(traces, request, extents);
}

function mergeBins(traces: TraceBuffer, request: DecimationRequest, extents: ColumnExtents): void {
  const { firstRow, rows, from, binsPerColumn } = request;
  const { columns, low, high, hasLoss } = extents;
  const { min, max } = traces;
  for (let column = 0; column < columns; column++) {
    // Every bin belongs to exactly one column.
    const firstBin = Math.max(Math.ceil((from + column) * binsPerColumn - 1e-6), traces.firstBin);
    const endBin = Math.min(Math.ceil((from + column + 1) * binsPerColumn - 1e-6), traces.endBin);
    hasLoss[column] = 0;
    for (let row = 0, place = column; row < rows; row++, place += columns) {
      low[place] = Infinity;
      high[place] = -Infinity;
    }
    for (let bin = firstBin; bin < endBin; bin++) {
      let source = traces.offsetOf(bin) + firstRow;
      if (min[source]! > max[source]!) {
        hasLoss[column] = 1;
        continue;
      }
      for (let row = 0, place = column; row < rows; row++, source++, place += columns) {
        if (min[source]! < low[place]!) low[place] = min[source]!;
        if (max[source]! > high[place]!) high[place] = max[source]!;
      }
    }
  }
}

/** Fewer bins than columns: straight lines between the middles of the bins. */
function interpolateBins(traces: TraceBuffer, request: DecimationRequest, extents: ColumnExtents): void {
  const { firstRow, rows, from, binsPerColumn } = request;
  const { columns, low, high, hasLoss } = extents;
  const { min, max } = traces;
  for (let column = 0; column < columns; column++) {
    const start = (from + column) * binsPerColumn - 0.5;
    const left = Math.floor(start);
    const isKnown = !traces.isMissing(left) && !traces.isMissing(left + 1);
    const isWithin = left >= traces.firstBin && left + 1 < traces.endBin;
    hasLoss[column] = isWithin && !isKnown ? 1 : 0;
    const a = traces.offsetOf(Math.max(left, 0)) + firstRow;
    const b = traces.offsetOf(Math.max(left + 1, 0)) + firstRow;
    const begin = start - left;
    const end = Math.min(begin + binsPerColumn, 1);
    for (let row = 0, place = column; row < rows; row++, place += columns) {
      if (!isKnown) {
        low[place] = Infinity;
        high[place] = -Infinity;
        continue;
      }
      const lowStep = min[b + row]! - min[a + row]!;
      const highStep = max[b + row]! - max[a + row]!;
      low[place] = min[a + row]! + Math.min(lowStep * begin, lowStep * end);
      high[place] = max[a + row]! + Math.max(highStep * begin, highStep * end);
    }
  }
}
