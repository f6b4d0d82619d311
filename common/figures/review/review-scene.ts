// What a review shows: the session, the pieces of it that are there, events and notes, and how they are to be seen; used in the page and in reports.
import type {
  ReviewActivity,
  ReviewDescription,
  ReviewEvents,
  ReviewNote,
  ReviewTraces,
} from '../../contract/review.ts';
import type { ReviewWindow } from './review-window.ts';
import { columnWidthFor, type TileCache, type TileName, tilesOf } from './tile-cache.ts';
import { tileSpan } from './trace-columns.ts';

/** Electrodes whose traces are in one piece. */
export const blockChannels = 32;
/** A pixel of counts is this wide, CSS px: rates of narrower bins say nothing. */
export const countPixels = 3;

export interface ReviewScene {
  readonly description: ReviewDescription;
  readonly window: ReviewWindow;
  readonly traces: TileCache<ReviewTraces>;
  readonly activity: TileCache<ReviewActivity>;
  readonly events: ReviewEvents | undefined;
  /** Those that count: none that was withdrawn. */
  readonly notes: readonly ReviewNote[];
}

/** How the traces are to be seen. */
export interface TraceSettings {
  firstRow: number;
  rows: number;
  microvoltsPerRow: number;
}

/** Pieces that the traces of a window are made of. */
export function traceTiles(
  { window, description }: Pick<TraceScene, 'window' | 'description'>,
  widthPixels: number,
  settings: TraceSettings,
) {
  const samplesPerColumn = columnWidthFor((window.toSample - window.fromSample) / Math.max(1, widthPixels));
  const first = Math.floor(settings.firstRow / blockChannels);
  const last = Math.floor((Math.min(settings.firstRow + settings.rows, description.channels) - 1) / blockChannels);
  const blocks = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  return { samplesPerColumn, ...tilesOf(window, samplesPerColumn, blocks) };
}

/** A stretch of samples that is looked at; it may reach over the ends of the session. */
export interface SeenWindow {
  readonly fromSample: number;
  readonly toSample: number;
  readonly sessionSamples: number;
}

/** What is counted and measured over time of a session. */
export interface CountedScene extends Pick<ReviewScene, 'description' | 'activity'> {
  readonly window: SeenWindow;
}

/** The same with what happened. */
export interface ActivityScene extends CountedScene {
  readonly events: ReviewEvents | undefined;
}

/** A session of which the traces and the digital inputs are drawn, maybe beside another one. */
export interface TraceScene extends Pick<ReviewScene, 'description' | 'traces' | 'activity'> {
  readonly window: SeenWindow & { readonly sampleRateHz: number };
}

/** Pieces that everything else is made of. */
export function activityTiles({ window }: Pick<CountedScene, 'window'>, widthPixels: number) {
  const samplesPerColumn = columnWidthFor((window.toSample - window.fromSample) / Math.max(1, widthPixels));
  return { samplesPerColumn, ...tilesOf(window, samplesPerColumn, [0]) };
}

/** Columns of a piece that reach into a stretch of samples. */
export function columnsBetween(
  { fromSample, samplesPerColumn, columns }: Pick<ReviewActivity, 'fromSample' | 'samplesPerColumn' | 'columns'>,
  from: number,
  to: number,
): [first: number, end: number] {
  const first = Math.max(0, Math.floor((from - fromSample) / samplesPerColumn));
  return [first, Math.max(first, Math.min(columns, Math.ceil((to - fromSample) / samplesPerColumn)))];
}

/** Calls `visit` for every piece that is there or stands in for one, each with the stretch of samples that it is to be used for. */
export function forEachTile<T>(
  cache: TileCache<T>,
  names: readonly TileName[],
  visit: (value: T, fromSample: number, toSample: number) => void,
): void {
  for (const name of names) {
    for (const [{ samplesPerColumn, tile }, value] of cache.standIns(name)) {
      const span = tileSpan(samplesPerColumn);
      visit(value, tile * span, (tile + 1) * span);
    }
  }
}
