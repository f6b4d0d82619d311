// Spikes and samples around events: a peri-stimulus time histogram and an average response; analysis process.
import { requestFate, reviewAveragedMax, type ReviewQuery, type ReviewResponse } from '../../common/contract/review.ts';
import { readExact } from './query-activity.ts';
import { edgesOf } from './query-inputs.ts';
import { readSamples } from './query-traces.ts';
import type { ReviewIndex } from './review-index.ts';
import { eventRow, requestRow, spikeRow } from './review-layout.ts';

/** Spikes that are read at a time. */
const spikesPerRead = 65_536;

type Query = ReviewQuery<'review.response'>;

/** Counts every pair of an event and a spike within the window, and averages samples over (at most some hundred of) the events. */
export async function queryResponse(index: ReviewIndex, query: Query, signal?: AbortSignal): Promise<ReviewResponse> {
  const events = await alignedTo(index, query, signal);
  const histogram = await countAround(index, query, events, signal);
  const averaged = spreadEvenly(events, reviewAveragedMax);
  const { mean, deviation } = await averageAround(index, query, averaged, signal);
  return {
    events: events.length,
    averaged: averaged.length,
    fromMilliseconds: -query.beforeMilliseconds,
    binMilliseconds: query.binMilliseconds,
    histogram,
    average: mean,
    deviation,
  };
}

/** Samples at which the events are, in order. */
async function alignedTo(
  index: ReviewIndex,
  { align, fromSample, toSample }: Query,
  signal?: AbortSignal,
): Promise<number[]> {
  switch (align.to) {
    case 'samples':
      return align.samples.filter((at) => at >= fromSample && at < toSample).sort((a, b) => a - b);
    case 'marks':
    case 'phases':
      return ((await readExact(index, align.to, eventRow, fromSample, toSample)) ?? []).map(({ at }) => at);
    case 'rising':
    case 'falling':
      return edgesOf(index, { line: align.line, isRise: align.to === 'rising' }, fromSample, toSample, signal);
    case 'delivered':
    case 'refused': {
      const { electrode } = align;
      const fate = requestFate[align.to];
      return ((await readExact(index, 'requests', requestRow, fromSample, toSample)) ?? [])
        .filter((row) => row.fate === fate && (electrode === undefined || row.electrode === electrode))
        .map(({ at }) => at);
    }
  }
}

/** Some of the events, in order, from the first to the last. */
function spreadEvenly(events: readonly number[], most: number): number[] {
  if (events.length <= most) return [...events];
  return Array.from({ length: most }, (_, place) => events[Math.round((place * (events.length - 1)) / (most - 1))]!);
}

async function countAround(
  index: ReviewIndex,
  { beforeMilliseconds, afterMilliseconds, binMilliseconds, spikesOf }: Query,
  events: readonly number[],
  signal?: AbortSignal,
): Promise<Uint32Array> {
  const samplesPerMillisecond = index.opening.sampleRateHz / 1000;
  const before = beforeMilliseconds * samplesPerMillisecond;
  const after = afterMilliseconds * samplesPerMillisecond;
  const binSamples = binMilliseconds * samplesPerMillisecond;
  const histogram = new Uint32Array(Math.floor((beforeMilliseconds + afterMilliseconds) / binMilliseconds + 1e-9));
  if (events.length === 0) return histogram;
  const spikes = index.table('spikes');
  const [first, end] = await index.rowsAround('spikes', events[0]! - before, events.at(-1)! + after);
  for (let from = first; from < end; from += spikesPerRead) {
    signal?.throwIfAborted();
    const to = Math.min(from + spikesPerRead, end);
    const view = new DataView((await spikes.read(from, to)).buffer);
    for (let row = 0; row < to - from; row++) {
      const { at, channel } = spikeRow.read(view, row * spikeRow.bytes);
      if (spikesOf !== undefined && channel !== spikesOf) continue;
      for (let event = firstAbove(events, at - after); event < events.length; event++) {
        const bin = Math.floor((at - events[event]! + before) / binSamples);
        if (bin < 0) break;
        if (bin < histogram.length) histogram[bin]!++;
      }
    }
  }
  return histogram;
}

/** Index of the first event later than a sample. */
function firstAbove(events: readonly number[], sample: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events[middle]! <= sample) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** µV of one electrode; NaN where no event has samples. */
async function averageAround(
  index: ReviewIndex,
  { beforeMilliseconds, afterMilliseconds, averageOf }: Query,
  events: readonly number[],
  signal?: AbortSignal,
): Promise<{ mean: Float32Array; deviation: Float32Array }> {
  const { sampleRateHz, microvoltsPerBit, channels } = index.opening;
  const before = Math.round((beforeMilliseconds / 1000) * sampleRateHz);
  const length = before + Math.round((afterMilliseconds / 1000) * sampleRateHz);
  const count = new Uint32Array(length);
  const mean = new Float64Array(length);
  /** Sum of squared differences from the mean (Welford 1962). */
  const squares = new Float64Array(length);
  for (const event of averageOf < channels ? events : []) {
    signal?.throwIfAborted();
    const start = event - before;
    await readSamples(index, Math.max(0, start), start + length, (at, sampleCount, samples, all) => {
      for (let sample = Math.max(0, start - at); sample < Math.min(sampleCount, start + length - at); sample++) {
        const place = at + sample - start;
        const microvolts = samples[sample * all + averageOf]! * microvoltsPerBit;
        const difference = microvolts - mean[place]!;
        mean[place]! += difference / ++count[place]!;
        squares[place]! += difference * (microvolts - mean[place]!);
      }
    });
  }
  return {
    mean: Float32Array.from(mean, (value, place) => (count[place]! > 0 ? value : NaN)),
    deviation: Float32Array.from(squares, (sum, place) =>
      count[place]! > 1 ? Math.sqrt(sum / (count[place]! - 1)) : NaN,
    ),
  };
}
