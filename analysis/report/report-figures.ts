// The figures of a report, drawn with the lines of the review: overview, latencies, responses, weights; pure; analysis process.
import { interlockWords } from '../../common/contract/interlock-words.ts';
import type { ReviewResponse } from '../../common/contract/review.ts';
import { chartSvg } from '../../common/figures/chart-svg.ts';
import { laneMargins } from '../../common/figures/review/lane-layout.ts';
import type { EventWords } from '../../common/figures/review/paint-events.ts';
import { paintReview } from '../../common/figures/review/paint-review.ts';
import type { ReviewScene, TraceSettings } from '../../common/figures/review/review-scene.ts';
import { SvgPen } from '../../common/figures/svg-pen.ts';
import type { JournalMeasures } from './journal-measures.ts';
import { reportEventColours, reportTheme } from './report-theme.ts';

export const overviewSize = { width: 1100, height: 1000 } as const;
/** Of the lanes of the overview, px. */
export const overviewLanes = overviewSize.width - laneMargins.left - laneMargins.right;
const chartSize = { width: 540, height: 300 } as const;

const words: EventWords = { state: interlockWords };

/** The whole session: traces, spikes, rates, stimuli, latency with its limit, phases and states, notes. */
export function overviewSvg(scene: ReviewScene, settings: TraceSettings): string {
  const { width, height } = overviewSize;
  const pen = new SvgPen(reportTheme, '-overview');
  paintReview(pen, width, height, scene, { theme: reportTheme, colours: reportEventColours, words, settings });
  return pen.svg(width, height, `${scene.description.experiment}, the whole session`);
}

/** Steps: a value belongs to its whole bin. */
function steps(edges: readonly number[], values: readonly number[]): [xs: number[], ys: number[]] {
  return [values.flatMap((_, bin) => [edges[bin]!, edges[bin + 1]!]), values.flatMap((value) => [value, value])];
}

/** Undefined without a tick. */
export function latencySvg({ latencies }: JournalMeasures, deadlineMilliseconds: number): string | undefined {
  const { edgesMilliseconds, ticks } = latencies;
  if (ticks.length === 0) return undefined;
  // Both axes by powers of ten: a single late tick among a million is seen.
  const logarithm = Math.log10;
  const [xs, ys] = steps(
    edgesMilliseconds.map(logarithm),
    ticks.map((count) => logarithm(count + 1)),
  );
  const deadline = logarithm(deadlineMilliseconds);
  return chartSvg(
    {
      title: 'Latency of the ticks',
      headings: ['log10_of_milliseconds', 'log10_of_ticks_+_1'],
      columns: [xs, ys],
      xRange: [Math.min(xs[0]!, deadline) - 0.1, Math.max(xs.at(-1)!, deadline) + 0.1],
      yRange: [0, Math.max(...ys) * 1.1],
      colours: [reportTheme.series[0]!],
      ...chartSize,
      name: '-latency',
      guide: { at: deadline, words: `limit ${deadlineMilliseconds} ms` },
    },
    reportTheme,
  );
}

export interface Responses {
  delivered: ReviewResponse;
  /** The same moments without a stimulus. */
  refused: ReviewResponse;
}

/** Spikes per second and electrode around deliveries, and around refused requests as a control. */
export function histogramSvg({ delivered, refused }: Responses, channels: number): string | undefined {
  const shown = [
    { heading: 'deliveries_(Hz)', response: delivered, colour: reportTheme.series[0]! },
    { heading: 'refused_requests_(Hz)', response: refused, colour: reportTheme.series[5]! },
  ].filter(({ response }) => response.events > 0);
  const [first] = shown;
  if (first === undefined) return undefined;
  const { fromMilliseconds, binMilliseconds, histogram } = first.response;
  const edges = Array.from({ length: histogram.length + 1 }, (_, bin) => fromMilliseconds + bin * binMilliseconds);
  const rates = shown.map(({ response }) =>
    steps(
      edges,
      Array.from(response.histogram, (spikes) => (1000 * spikes) / response.events / channels / binMilliseconds),
    ),
  );
  return chartSvg(
    {
      title: 'Spikes around stimuli, per electrode',
      headings: ['milliseconds', ...shown.map(({ heading }) => heading)],
      columns: [rates[0]![0], ...rates.map(([, ys]) => ys)],
      xRange: [edges[0]!, edges.at(-1)!],
      yRange: [0, 1.1 * Math.max(0.1, ...rates.flatMap(([, ys]) => ys))],
      colours: shown.map(({ colour }) => colour),
      ...chartSize,
      name: '-histogram',
      guide: { at: 0, words: 'stimulus' },
    },
    reportTheme,
  );
}

/** Mean of the samples around deliveries. */
export function averageSvg({ delivered }: Responses, electrode: number, sampleRateHz: number): string | undefined {
  if (delivered.averaged === 0) return undefined;
  const { average, deviation, fromMilliseconds } = delivered;
  const xs = Array.from(average, (_, sample) => fromMilliseconds + (1000 * sample) / sampleRateHz);
  const lines = [
    average,
    average.map((mean, at) => mean + deviation[at]!),
    average.map((mean, at) => mean - deviation[at]!),
  ];
  const known = lines.flatMap((line) => [...line]).filter((value) => !Number.isNaN(value));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = 0.05 * (high - low || 1);
  return chartSvg(
    {
      title: `Average of E${electrode} around deliveries`,
      headings: ['milliseconds', 'mean_(µV)', 'plus_one_deviation', 'minus_one_deviation'],
      columns: [xs, ...lines],
      xRange: [xs[0]!, xs.at(-1)!],
      yRange: [low - room, high + room],
      colours: [reportTheme.series[0]!, reportTheme.faint, reportTheme.faint],
      ...chartSize,
      name: '-average',
      guide: { at: 0, words: 'stimulus' },
    },
    reportTheme,
  );
}

/** @param secondsOf a tick. Undefined for a population that does not learn. */
export function weightsSvg({ meanWeights }: JournalMeasures, secondsOf: (tick: number) => number): string | undefined {
  if (meanWeights.length < 2) return undefined;
  const xs = meanWeights.map(({ tick }) => secondsOf(tick));
  const ys = meanWeights.map(({ millivolts }) => millivolts);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const room = 0.05 * (high - low || Math.abs(high) || 1);
  return chartSvg(
    {
      title: 'Mean plastic weight',
      headings: ['seconds', 'mean_weight_(mV)'],
      columns: [xs, ys],
      xRange: [xs[0]!, xs.at(-1)!],
      yRange: [low - room, high + room],
      colours: [reportTheme.series[2]!],
      ...chartSize,
      name: '-weights',
    },
    reportTheme,
  );
}
