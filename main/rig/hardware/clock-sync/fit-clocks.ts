// The line between two clocks from pulses that both have seen, lost, late and foreign ones among them; pure, runs in the rig thread.
import { median as medianOf } from '../../../../common/base/percentile.ts';
import { clockSyncBounds, type ClockSyncFit } from '../../../../common/contract/clock-sync.ts';

/** A pulse by both clocks, µs. */
interface Pair {
  readonly board: number;
  /** Source − board. */
  readonly difference: number;
}

/** Beside drift: what one time may be off by and still be looked at. */
const nearMicroseconds = 2000;
/** Residuals beyond so many robust standard deviations are not of this pulse, or were late. */
const outlierDeviations = 4;
/** Of a normal distribution, the median of |x| to its standard deviation. */
const deviationsPerMedian = 1.4826;
/** A residual below this is no outlier: a sample of the slowest source. */
const finestMicroseconds = 100;

/**
 * Pulses come at random intervals, so that only one shift brings many of them together: the clocks need not be known to each other. Of the
 * pairs at this shift, the line goes through the medians (Theil 1950, Sen 1968), and then by least squares through what lies near it.
 * @param board device times of pulses, µs, ascending @param source times at which the source saw them, µs, ascending
 * @returns undefined where no line is shared by enough pulses
 */
export function fitClocks(board: readonly number[], source: readonly number[]): ClockSyncFit | undefined {
  const near = pairsAtBestShift(board, source);
  if (near.length < clockSyncBounds.pulsesLeast) return undefined;
  const rough = medianLine(near);
  const distances = near.map((pair) => Math.abs(residual(pair, rough)));
  const bound = Math.max(finestMicroseconds, outlierDeviations * deviationsPerMedian * median(distances));
  const counted = near.filter((_, index) => distances[index]! <= bound);
  if (counted.length < clockSyncBounds.pulsesLeast) return undefined;
  const line = leastSquares(counted);
  const driftPartsPerMillion = line.slope * 1e6;
  const [first, last] = [counted[0]!.board, counted.at(-1)!.board];
  const given = board.filter((time) => time >= first && time <= last).length;
  const isSeen = counted.length * 100 >= given * clockSyncBounds.seenLeastPercent;
  if (!isSeen || !(Math.abs(driftPartsPerMillion) <= clockSyncBounds.driftMaxPartsPerMillion)) return undefined;
  const residuals = counted.map((pair) => residual(pair, line));
  return {
    atMicroseconds: line.at,
    offsetMicroseconds: line.offset,
    driftPartsPerMillion,
    residualMicroseconds: Math.sqrt(mean(residuals.map((each) => each * each))),
    largestResidualMicroseconds: Math.max(...residuals.map(Math.abs)),
    pulses: counted.length,
    unseen: given - counted.length,
  };
}

/** @returns the source's time, µs, of a moment of the board's clock */
export function toSource(boardMicroseconds: number, fit: ClockSyncFit): number {
  const { atMicroseconds, offsetMicroseconds, driftPartsPerMillion } = fit;
  const drifted = ((boardMicroseconds - atMicroseconds) * driftPartsPerMillion) / 1e6;
  return boardMicroseconds + offsetMicroseconds + drifted;
}

/** All differences of times, sorted: where they lie densest, within what drift may do to them, is the shift. One pair for each pulse. */
function pairsAtBestShift(board: readonly number[], source: readonly number[]): Pair[] {
  const all = board.flatMap((time) => source.map((seen) => ({ board: time, difference: seen - time })));
  all.sort((a, b) => a.difference - b.difference);
  const span = (board.at(-1) ?? 0) - (board[0] ?? 0);
  const width = nearMicroseconds + (span * clockSyncBounds.driftMaxPartsPerMillion) / 1e6;
  let best = { from: 0, until: 0 };
  for (let from = 0, until = 0; from < all.length; from++) {
    while (until < all.length && all[until]!.difference - all[from]!.difference <= width) until++;
    if (until - from > best.until - best.from) best = { from, until };
  }
  const found = new Map<number, Pair>();
  const middle = all[Math.floor((best.from + best.until) / 2)]?.difference ?? 0;
  for (const pair of all.slice(best.from, best.until)) {
    const other = found.get(pair.board);
    if (other === undefined || Math.abs(pair.difference - middle) < Math.abs(other.difference - middle))
      found.set(pair.board, pair);
  }
  return [...found.values()].sort((a, b) => a.board - b.board);
}

interface Line {
  readonly at: number;
  readonly offset: number;
  /** µs per µs. */
  readonly slope: number;
}

function residual({ board, difference }: Pair, { at, offset, slope }: Line): number {
  return difference - offset - (board - at) * slope;
}

function medianLine(pairs: readonly Pair[]): Line {
  const at = median(pairs.map(({ board }) => board));
  const span = pairs.at(-1)!.board - pairs[0]!.board;
  const slopes = pairs.flatMap((a, index) =>
    pairs
      .slice(index + 1)
      // Neighbours tell little of a slope.
      .filter((b) => b.board - a.board >= span / 4)
      .map((b) => (b.difference - a.difference) / (b.board - a.board)),
  );
  const slope = median(slopes);
  return { at, slope, offset: median(pairs.map(({ board, difference }) => difference - (board - at) * slope)) };
}

function leastSquares(pairs: readonly Pair[]): Line {
  const at = mean(pairs.map(({ board }) => board));
  const offset = mean(pairs.map(({ difference }) => difference));
  let [covered, varied] = [0, 0];
  for (const { board, difference } of pairs) {
    covered += (board - at) * (difference - offset);
    varied += (board - at) ** 2;
  }
  return { at, offset, slope: covered / varied };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of at least one value. */
function median(values: readonly number[]): number {
  return medianOf(values) ?? 0;
}
