// How digital inputs are in each column of pixels, from the pieces that are there: low, high, or both with an edge; pure; used in the page and in reports.
import type { ReviewActivity } from '../../contract/review.ts';
import { activityTiles, type CountedScene, forEachTile } from './review-scene.ts';

/** What a line was at some time within a column; a column of which nothing is known has no bit. */
export const levelBit = { low: 1, high: 2, edge: 4 } as const;

/** One line in a window. */
export interface InputColumns {
  /** Bits of `levelBit`, one number per column of pixels. */
  levels: Uint8Array;
  /** Edges of the window: of single ones exactly, else of the counts' columns that begin in it. */
  rises: number;
  falls: number;
}

const levelOf = (isHigh: boolean) => (isHigh ? levelBit.high : levelBit.low);

/** @param count columns of pixels that the window is drawn in. @returns one for each digital input of the session, in its order */
export function inputColumns({ activity, description, window }: CountedScene, count: number): InputColumns[] {
  const { fromSample, toSample } = window;
  const perColumn = (toSample - fromSample) / Math.max(1, count);
  const end = Math.min(toSample, description.samples);
  const lines = description.digitalInputs.map(() => ({ levels: new Uint8Array(count), rises: 0, falls: 0 }));
  if (lines.length === 0) return lines;
  const columnOf = (at: number) => Math.floor((at - fromSample) / perColumn);
  const mark = (line: InputColumns, from: number, to: number, bits: number) => {
    const [first, last] = [Math.max(from, fromSample), Math.min(to, end)];
    if (!(first < last)) return;
    const stop = Math.min(count, Math.ceil((last - fromSample) / perColumn - 1e-9));
    for (let x = columnOf(first); x < stop; x++) line.levels[x]! |= bits;
  };
  const markEdge = (line: InputColumns, at: number) => {
    const x = columnOf(at);
    if (at < end && x >= 0 && x < count) line.levels[x]! |= levelBit.edge;
  };
  // Pieces that stand in for others may tell the same stretch twice: it is counted once.
  let countedTo = fromSample;
  forEachTile(activity, activityTiles({ window }, count).seen, (tile, from, to) => {
    const isCounted = (at: number) => at >= Math.max(from, countedTo) && at < Math.min(to, end);
    for (const [input, line] of lines.entries()) {
      const piece = { tile, input, from, to };
      if (tile.hasEdges) addEdges(line, piece, { mark, markEdge, isCounted });
      else addCounts(line, piece, { mark, isCounted });
    }
    countedTo = Math.max(countedTo, Math.min(to, tile.fromSample + tile.columns * tile.samplesPerColumn));
  });
  return lines;
}

interface Piece {
  tile: ReviewActivity;
  input: number;
  from: number;
  to: number;
}
interface Marks {
  /** What a line is between two samples. */
  mark(line: InputColumns, from: number, to: number, bits: number): void;
  /** As wide as a column, however few samples that is. */
  markEdge(line: InputColumns, at: number): void;
  isCounted(at: number): boolean;
}

function addEdges(line: InputColumns, { tile, input, from, to }: Piece, { mark, markEdge, isCounted }: Marks): void {
  let at = tile.lineKnownFrom[input]!;
  let isHigh = tile.lineIsHigh[input] === 1;
  for (let edge = 0; edge < tile.edgeAt.length; edge++) {
    if (tile.edgeInput[edge] !== input) continue;
    const next = tile.edgeAt[edge]!;
    mark(line, Math.max(at, from), Math.min(next, to), levelOf(isHigh));
    isHigh = tile.edgeIsRise[edge] === 1;
    at = next;
    if (at >= from && at < to) markEdge(line, at);
    if (!isCounted(at)) continue;
    if (isHigh) line.rises++;
    else line.falls++;
  }
  // Of a line that is not known in this piece, from NaN on: nothing.
  mark(line, Math.max(at, from), to, levelOf(isHigh));
}

function addCounts(
  line: InputColumns,
  { tile, input, from, to }: Piece,
  { mark, isCounted }: Omit<Marks, 'markEdge'>,
): void {
  const { fromSample, samplesPerColumn, columns, riseCounts, fallCounts } = tile;
  const knownFrom = tile.lineKnownFrom[input]!;
  let isHigh = tile.lineIsHigh[input] === 1;
  for (let column = 0; column < columns; column++) {
    const [begin, end] = [fromSample + column * samplesPerColumn, fromSample + (column + 1) * samplesPerColumn];
    if (!(end > knownFrom)) continue;
    const rises = riseCounts[input * columns + column]!;
    const falls = fallCounts[input * columns + column]!;
    const isMixed = rises + falls > 0;
    const bits = isMixed ? levelBit.low | levelBit.high | levelBit.edge : levelOf(isHigh);
    mark(line, Math.max(begin, from, knownFrom), Math.min(end, to), bits);
    // Edges alternate.
    if (rises !== falls) isHigh = rises > falls;
    if (!isCounted(begin)) continue;
    line.rises += rises;
    line.falls += falls;
  }
}
