// Digital inputs of a window: how each line is at its beginning, and single edges where there are not too many; analysis process.
import type { DigitalInput } from '../../common/experiment/digital-inputs.ts';
import { type ReviewActivity, type ReviewEvents, reviewExactMax } from '../../common/contract/review.ts';
import type { StructValue, ValueOf } from '../../common/base/struct.ts';
import { digitalInputsOf } from '../journal/digital-inputs-of.ts';
import { lineBit } from './input-rows.ts';
import type { ReviewIndex } from './review-index.ts';
import { inputRow } from './review-layout.ts';

/** Rows that are read at a time. */
const rowsPerRead = 65_536;

type Row = StructValue<Record<keyof ValueOf<typeof inputRow>, 'f64'>>;

export type Inputs = Pick<
  ReviewActivity,
  'hasEdges' | 'lineKnownFrom' | 'lineIsHigh' | 'edgeAt' | 'edgeInput' | 'edgeIsRise'
>;

/** @param fromSample the first of the window, @param toSample behind its last */
export async function queryInputs(index: ReviewIndex, fromSample: number, toSample: number): Promise<Inputs> {
  const named = digitalInputsOf(index.opening);
  const rows = index.table('inputs');
  const [first, end] = [await rows.lowerBound(fromSample), await rows.lowerBound(toSample)];
  const hasEdges = end - first <= reviewExactMax.inputs;
  const edges: Row[] = [];
  if (hasEdges) await forEachInputRow(index, first, end, (row) => void (row.isEdge === 1 && edges.push(row)));
  const levels = await Promise.all(named.map((input) => levelOf(index, input, fromSample, first, end)));
  const placeOf = new Map(named.map(({ line }, place) => [line, place]));
  return {
    hasEdges,
    lineKnownFrom: Float64Array.from(levels, (level) => level?.at ?? NaN),
    lineIsHigh: Uint16Array.from(levels, (level) => (level?.isHigh === true ? 1 : 0)),
    edgeAt: Float64Array.from(edges, ({ at }) => at),
    edgeInput: Uint16Array.from(edges, ({ line }) => placeOf.get(line) ?? 0),
    edgeIsRise: Uint16Array.from(edges, ({ line, high }) => ((high & lineBit(line)) === 0 ? 0 : 1)),
  };
}

/** @returns samples of the rising or falling edges of a line in a window, in order */
export async function edgesOf(
  index: ReviewIndex,
  { line, isRise }: { line: number; isRise: boolean },
  fromSample: number,
  toSample: number,
  signal?: AbortSignal,
): Promise<number[]> {
  const rows = index.table('inputs');
  const [first, end] = [await rows.lowerBound(fromSample), await rows.lowerBound(toSample)];
  const found: number[] = [];
  const take = ({ at, isEdge, line: changed, high }: Row) => {
    if (isEdge === 1 && changed === line && ((high & lineBit(line)) !== 0) === isRise) found.push(at);
  };
  await forEachInputRow(index, first, end, take, signal);
  return found;
}

/** Shows rows of the table in their order. @param end behind the last */
export async function forEachInputRow(
  index: ReviewIndex,
  first: number,
  end: number,
  visit: (row: Row) => void,
  signal?: AbortSignal,
): Promise<void> {
  for (let from = first; from < end; from += rowsPerRead) {
    signal?.throwIfAborted();
    const to = Math.min(from + rowsPerRead, end);
    const view = new DataView((await index.table('inputs').read(from, to)).buffer);
    for (let row = 0; row < to - from; row++) visit(inputRow.read(view, row * inputRow.bytes));
  }
}

async function rowAt(index: ReviewIndex, row: number): Promise<Row> {
  return inputRow.read(new DataView((await index.table('inputs').read(row, row + 1)).buffer), 0);
}

/** @param is once true of a row, true of all that follow. @returns the first row from `first` to `end` (not included) of which it is true */
async function firstRow(
  index: ReviewIndex,
  first: number,
  end: number,
  is: (row: Row) => boolean,
): Promise<number | undefined> {
  if (end === first || !is(await rowAt(index, end - 1))) return undefined;
  let [low, high] = [first, end - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (is(await rowAt(index, middle))) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first rising edge of the session of each line that has it between two samples. */
export async function firstRisesOf(
  index: ReviewIndex,
  fromSample: number,
  toSample: number,
): Promise<ReviewEvents['firstRises']> {
  const end = await index.table('inputs').lowerBound(toSample);
  const rises = await Promise.all(
    digitalInputsOf(index.opening).map(async ({ line }) => {
      const found = await firstRow(index, 0, end, ({ risen }) => (risen & lineBit(line)) !== 0);
      return found === undefined ? undefined : { line, at: (await rowAt(index, found)).at };
    }),
  );
  return rises.filter((rise) => rise !== undefined).filter(({ at }) => at >= fromSample);
}

/** How a line is when the window begins, or when it becomes known in it. @param first, @param end rows of the window */
async function levelOf(
  index: ReviewIndex,
  { line }: DigitalInput,
  fromSample: number,
  first: number,
  end: number,
): Promise<{ at: number; isHigh: boolean } | undefined> {
  const bit = lineBit(line);
  const isKnown = ({ known }: Row) => (known & bit) !== 0;
  const before = first === 0 ? undefined : await rowAt(index, first - 1);
  if (before !== undefined && isKnown(before)) return { at: fromSample, isHigh: (before.high & bit) !== 0 };
  const found = await firstRow(index, first, end, isKnown);
  if (found === undefined) return undefined;
  let known = await rowAt(index, found);
  // What was told late of before the recording stands behind it, at the same sample.
  for (let row = found + 1; row < end; row++) {
    const next = await rowAt(index, row);
    if (next.at !== known.at || next.isEdge === 1) break;
    known = next;
  }
  return { at: known.at, isHigh: (known.high & bit) !== 0 };
}
