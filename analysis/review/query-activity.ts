// Spikes, ticks and requests of a window: counts in columns, and single ones where there are not too many; analysis process.
import { type ReviewActivity, reviewExactMax, type ReviewQuery, requestFate } from '../../common/contract/review.ts';
import { queryInputs } from './query-inputs.ts';
import { querySimulated } from './query-simulated.ts';
import type { Fields, Struct, StructValue } from '../../common/base/struct.ts';
import type { ReviewIndex } from './review-index.ts';
import {
  addCounts,
  binSamples,
  countWords,
  firstCountLevel,
  levelCount,
  requestRow,
  spikeRow,
  type TableName,
  tickRow,
} from './review-layout.ts';

const readBytes = 2 * 1024 * 1024;

export async function queryActivity(
  index: ReviewIndex,
  query: ReviewQuery<'review.activity'>,
  signal?: AbortSignal,
): Promise<ReviewActivity> {
  const { fromSample } = query;
  const toSample = fromSample + query.columns * query.samplesPerColumn;
  const spikes = await readExact(index, 'spikes', spikeRow, fromSample, toSample, reviewExactMax.spikes);
  signal?.throwIfAborted();
  const ticks = await readExact(index, 'ticks', tickRow, fromSample, toSample, reviewExactMax.ticks);
  const requests = await readExact(index, 'requests', requestRow, fromSample, toSample, reviewExactMax.requests);
  const simulated = await querySimulated(index, fromSample, toSample);
  const counts = await readCounts(index, query, spikes === undefined, signal);
  // From where the columns begin: levels and counts are of the same stretch.
  const inputs = await queryInputs(index, counts.fromSample, toSample);
  const tell = <T>(rows: readonly T[] | undefined, read: (row: T) => number) => (rows ?? []).map(read);
  return {
    ...counts,
    ...simulated,
    ...inputs,
    hasSpikes: spikes !== undefined,
    hasTicks: ticks !== undefined,
    hasRequests: requests !== undefined,
    spikeAt: Float64Array.from(tell(spikes, ({ at }) => at)),
    spikeChannel: Uint16Array.from(tell(spikes, ({ channel }) => channel)),
    spikeMicrovolts: Float32Array.from(tell(spikes, ({ amplitudeMicrovolts }) => amplitudeMicrovolts)),
    tickAt: Float64Array.from(tell(ticks, ({ at }) => at)),
    tickMilliseconds: Float32Array.from(tell(ticks, ({ latencyMilliseconds }) => latencyMilliseconds)),
    tickIsLate: Uint16Array.from(tell(ticks, ({ isLate }) => isLate)),
    requestAt: Float64Array.from(tell(requests, ({ at }) => at)),
    requestElectrode: Uint16Array.from(tell(requests, ({ electrode }) => electrode)),
    requestFates: Uint16Array.from(tell(requests, ({ fate }) => fate)),
    requestCode: Uint16Array.from(tell(requests, ({ code }) => code)),
    requestOrigin: Uint16Array.from(tell(requests, ({ origin }) => origin)),
    askedMicroamps: Float32Array.from(tell(requests, ({ askedNanoamps }) => askedNanoamps / 1000)),
    deliveredMicroamps: Float32Array.from(tell(requests, ({ deliveredNanoamps }) => deliveredNanoamps / 1000)),
    measuredMicroamps: Float32Array.from(tell(requests, measuredMicroamps)),
  };
}

/** Charge over time: fC / µs is nA. */
function measuredMicroamps(
  row: StructValue<Record<'fate' | 'firstFemtocoulombs' | 'phaseMicroseconds', 'f64'>>,
): number {
  const { fate, firstFemtocoulombs, phaseMicroseconds } = row;
  const isMeasured = fate === requestFate.delivered && firstFemtocoulombs !== 0 && phaseMicroseconds > 0;
  return isMeasured ? Math.abs(firstFemtocoulombs) / phaseMicroseconds / 1000 : NaN;
}

/** @returns the rows of a window in order of time; undefined when there are more than `most`. */
export async function readExact<F extends Fields & { at: 'f64' }>(
  index: ReviewIndex,
  table: TableName,
  layout: Struct<F>,
  fromSample: number,
  toSample: number,
  most = Infinity,
): Promise<StructValue<F>[] | undefined> {
  const rows = index.table(table);
  if ((await rows.lowerBound(toSample)) - (await rows.lowerBound(fromSample)) > most) return undefined;
  const [from, to] = await index.rowsAround(table, fromSample, toSample);
  const view = new DataView((await rows.read(from, to)).buffer);
  const found: StructValue<F>[] = [];
  for (let row = 0; row < to - from; row++) {
    const value = layout.read(view, row * layout.bytes);
    if (value.at >= fromSample && value.at < toSample) found.push(value);
  }
  return found.sort((a, b) => a.at - b.at);
}

type Counts = Pick<
  ReviewActivity,
  | 'fromSample'
  | 'samplesPerColumn'
  | 'columns'
  | 'spikeCounts'
  | 'electrodeCounts'
  | 'populationCounts'
  | 'riseCounts'
  | 'fallCounts'
  | 'tickCounts'
  | 'lateCounts'
  | 'lowestLatency'
  | 'highestLatency'
  | 'meanLatency'
  | 'deliveredCounts'
  | 'refusedCounts'
  | 'resultCounts'
  | 'meanWeights'
>;

async function readCounts(
  index: ReviewIndex,
  query: ReviewQuery<'review.activity'>,
  withElectrodes: boolean,
  signal?: AbortSignal,
): Promise<Counts> {
  const samplesPerColumn = Math.max(query.samplesPerColumn, binSamples(firstCountLevel));
  const fromSample = query.fromSample - (query.fromSample % samplesPerColumn);
  const endSample = query.fromSample + query.columns * query.samplesPerColumn;
  const columns = Math.ceil((endSample - fromSample) / samplesPerColumn);
  const { columns: layout } = index;
  const sums = countWords(new Uint8Array(columns * layout.bytes));
  let done = fromSample;
  for (let level = levelCount - 1; level >= firstCountLevel; level--) {
    const bin = binSamples(level);
    if (bin > samplesPerColumn) continue;
    const rows = index.counts(level);
    const end = Math.min(Math.ceil((fromSample + columns * samplesPerColumn) / bin), rows.rows);
    const step = Math.max(1, Math.floor(readBytes / rows.rowBytes));
    for (let first = done / bin; first < end; first += step) {
      signal?.throwIfAborted();
      const last = Math.min(first + step, end);
      const words = countWords(await rows.read(first, last));
      for (let row = first; row < last; row++) {
        const column = Math.floor((row * bin - fromSample) / samplesPerColumn);
        addCounts(layout, sums, column * layout.words, words, (row - first) * layout.words);
      }
    }
    done = Math.max(done, end * bin);
  }
  const word = (column: number, at: number) => sums.counts[column * layout.words + at]!;
  const counted = (at: number) => Uint32Array.from({ length: columns }, (_, column) => word(column, at));
  const measured = (at: number, of = layout.ticks) =>
    Float32Array.from({ length: columns }, (_, column) =>
      word(column, of) > 0 ? sums.numbers[column * layout.words + at]! : NaN,
    );
  const eachInput = (at: number) =>
    Uint32Array.from({ length: columns * layout.inputs }, (_, place) =>
      word(place % columns, at + Math.floor(place / columns)),
    );
  const tickCounts = counted(layout.ticks);
  const resultCounts = counted(layout.results);
  const spikeCounts = new Uint32Array(columns);
  for (let column = 0; column < columns; column++)
    for (let channel = 0; channel < layout.channels; channel++) spikeCounts[column]! += word(column, channel);
  return {
    fromSample,
    samplesPerColumn,
    columns,
    spikeCounts,
    electrodeCounts: Uint16Array.from({ length: withElectrodes ? columns * layout.channels : 0 }, (_, place) =>
      Math.min(word(place % columns, Math.floor(place / columns)), 0xffff),
    ),
    populationCounts: Uint32Array.from({ length: columns * layout.populations }, (_, place) =>
      word(place % columns, layout.population + Math.floor(place / columns)),
    ),
    riseCounts: eachInput(layout.rises),
    fallCounts: eachInput(layout.falls),
    tickCounts,
    lateCounts: counted(layout.lateTicks),
    lowestLatency: measured(layout.lowestLatency),
    highestLatency: measured(layout.highestLatency),
    meanLatency: measured(layout.summedLatency).map((sum, column) => sum / tickCounts[column]!),
    deliveredCounts: counted(layout.delivered),
    refusedCounts: counted(layout.refused),
    resultCounts,
    meanWeights: measured(layout.summedWeight, layout.results).map((sum, column) => sum / resultCounts[column]!),
  };
}
