// Least and greatest value of each electrode in each column of a window, from the coarsest level that is fine enough; analysis process.
import type { ReviewQuery, ReviewTraces } from '../../common/contract/review.ts';
import { recordType } from '../../common/journal/records.ts';
import { JournalReader } from '../journal/read-journal.ts';
import { visitRecord } from '../journal/record-visitor.ts';
import { journalFile } from '../journal/session-folder.ts';
import type { ReviewIndex } from './review-index.ts';
import { binSamples, levelCount, placeRow } from './review-layout.ts';
import { emptyMaximum, emptyMinimum } from './trace-levels.ts';

/** Bytes of a level that are read at a time. */
const readBytes = 2 * 1024 * 1024;

/**
 * Exact: what a column says is the minimum and maximum of its samples. What a level does not hold yet at the session's end is
 * taken from finer ones, and the rest from the journal's own samples.
 */
export async function queryTraces(
  index: ReviewIndex,
  query: ReviewQuery<'review.traces'>,
  signal?: AbortSignal,
): Promise<ReviewTraces> {
  const { fromSample, samplesPerColumn, columns, firstChannel } = query;
  const channels = Math.max(0, Math.min(query.channels, index.opening.channels - firstChannel));
  const traces: ReviewTraces = {
    fromSample,
    samplesPerColumn,
    columns,
    firstChannel,
    channels,
    minimum: new Int16Array(channels * columns).fill(emptyMinimum),
    maximum: new Int16Array(channels * columns).fill(emptyMaximum),
  };
  const end = Math.min(fromSample + columns * samplesPerColumn, index.content.samples);
  let done = fromSample;
  for (let level = levelCount - 1; level >= 0; level--) {
    if (binSamples(level) <= samplesPerColumn) done = await foldLevel(index, traces, level, done, end, signal);
  }
  if (done < end) await foldSamples(index, traces, done, end, signal);
  return traces;
}

/** Widens a column of an electrode. @param place channel × columns + column */
function widen({ minimum, maximum }: ReviewTraces, place: number, low: number, high: number): void {
  if (low < minimum[place]!) minimum[place] = low;
  if (high > maximum[place]!) maximum[place] = high;
}

/** @returns the sample up to which the level told everything. */
async function foldLevel(
  index: ReviewIndex,
  traces: ReviewTraces,
  level: number,
  from: number,
  to: number,
  signal?: AbortSignal,
): Promise<number> {
  const rows = index.traces(level);
  const bin = binSamples(level);
  const end = Math.min(Math.ceil(to / bin), rows.rows);
  const { fromSample, samplesPerColumn, columns, firstChannel, channels } = traces;
  const rowValues = rows.rowBytes / 2;
  const step = Math.max(1, Math.floor(readBytes / rows.rowBytes));
  for (let first = from / bin; first < end; first += step) {
    signal?.throwIfAborted();
    const last = Math.min(first + step, end);
    const values = new Int16Array((await rows.read(first, last)).buffer);
    for (let row = first; row < last; row++) {
      const column = Math.floor((row * bin - fromSample) / samplesPerColumn);
      let place = (row - first) * rowValues + 2 * firstChannel;
      for (let channel = 0; channel < channels; channel++, place += 2)
        widen(traces, channel * columns + column, values[place]!, values[place + 1]!);
    }
  }
  return Math.max(from, end * bin);
}

async function foldSamples(
  index: ReviewIndex,
  traces: ReviewTraces,
  from: number,
  to: number,
  signal?: AbortSignal,
): Promise<void> {
  const { fromSample, samplesPerColumn, columns, firstChannel, channels } = traces;
  await readSamples(
    index,
    from,
    to,
    (at, sampleCount, samples, all) => {
      for (let sample = Math.max(0, from - at); sample < Math.min(sampleCount, to - at); sample++) {
        const column = Math.floor((at + sample - fromSample) / samplesPerColumn);
        for (let channel = 0; channel < channels; channel++) {
          const value = samples[sample * all + firstChannel + channel]!;
          widen(traces, channel * columns + column, value, value);
        }
      }
    },
    signal,
  );
}

/** Shows every block that reaches into a stretch of samples. @param visit gets sample-major samples, valid during the call only. */
export async function readSamples(
  index: ReviewIndex,
  from: number,
  to: number,
  visit: (at: number, sampleCount: number, samples: Int16Array, channels: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const places = index.table('places');
  const { firstSample, journalBytes } = index.content;
  const before = Math.max(0, (await places.lowerBound(from + 1)) - 1);
  const after = await places.lowerBound(to);
  if (places.rows === 0) return;
  const placeOf = async (row: number) => placeRow.read(new DataView((await places.read(row, row + 1)).buffer), 0).place;
  const endByte = after < places.rows ? await placeOf(after) : journalBytes;
  const reader = await JournalReader.openPart(journalFile(index.folder), await placeOf(before), endByte);
  try {
    await reader.read(
      (frame) => {
        if (frame.type !== recordType.block) return;
        visitRecord(frame, {
          block: (block, samples) => {
            const at = block.firstSample - firstSample;
            if (at < to && at + block.sampleCount > from) visit(at, block.sampleCount, samples, block.channels);
          },
        });
      },
      { isWhole: true, signal },
    );
  } finally {
    await reader.close();
  }
}
