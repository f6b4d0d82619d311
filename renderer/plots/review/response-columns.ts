// Responses of one session or two as the columns of a chart: rates around events, and averages with their spread; pure; used in the page.
import uPlot from 'uplot';
import type { ReviewResponse } from '../../../common/contract/review.ts';

/** An answer, and of what. */
export interface SessionResponse {
  answer: ReviewResponse;
  sampleRateHz: number;
  /** Electrodes whose spikes are counted. */
  sources: number;
}

/** Hz per event and electrode at the middle of each bin, a column for each session; null: nothing to draw. */
export function histogramColumns(responses: readonly SessionResponse[]): uPlot.AlignedData | null {
  if (responses.every(({ answer }) => answer.events === 0)) return null;
  const tables = responses.map(({ answer, sources }): uPlot.AlignedData => {
    const { fromMilliseconds, binMilliseconds: bin, histogram, events } = answer;
    const perEvent = events * sources * (bin / 1000);
    return [
      Array.from(histogram, (_, index) => fromMilliseconds + (index + 0.5) * bin),
      Array.from(histogram, (spikes) => (events === 0 ? null : spikes / perEvent)),
    ];
  });
  return uPlot.join(tables);
}

/** Mean, mean + deviation and mean − deviation of each session, µV; sessions of other sample rates have rows of their own. */
export function averageColumns(responses: readonly SessionResponse[]): uPlot.AlignedData | null {
  if (responses.every(({ answer }) => answer.averaged === 0)) return null;
  const known = (values: Float32Array) => Array.from(values, (value) => (Number.isNaN(value) ? null : value));
  const tables = responses.map(({ answer, sampleRateHz }): uPlot.AlignedData => {
    const { fromMilliseconds, average: mean, deviation } = answer;
    return [
      Array.from(mean, (_, sample) => fromMilliseconds + (1000 * sample) / sampleRateHz),
      known(mean),
      known(mean.map((value, sample) => value + deviation[sample]!)),
      known(mean.map((value, sample) => value - deviation[sample]!)),
    ];
  });
  return uPlot.join(tables);
}
