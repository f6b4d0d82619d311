// A whole session as the review's figures take it, with every piece that a drawing needs read; analysis process.
import {
  type ReviewActivity,
  type ReviewEvents,
  type ReviewNote,
  type ReviewTraces,
} from '../../common/contract/review.ts';
import {
  activityTiles,
  blockChannels,
  type ReviewScene,
  traceTiles,
  type TraceSettings,
} from '../../common/figures/review/review-scene.ts';
import { ReviewWindow } from '../../common/figures/review/review-window.ts';
import { TileCache, tileColumns, type TileName } from '../../common/figures/review/tile-cache.ts';
import { queryActivity } from '../review/query-activity.ts';
import { queryTraces } from '../review/query-traces.ts';
import type { ReviewedSession } from '../review/reviewed-session.ts';

const limits = { kept: 1000, underway: 2 };

/** Resolves when all of `names` have come. @throws what reading one of them throws */
function gather<T>(
  samples: number,
  names: readonly TileName[],
  load: (name: TileName) => Promise<T>,
): Promise<TileCache<T>> {
  return new Promise((resolve, reject) => {
    const loader = {
      load: (name: TileName) => load(name).catch((error: unknown) => (reject(error as Error), undefined)),
      takeBack: () => {},
    };
    const cache = new TileCache<T>(loader, () => 0, limits);
    cache.sessionSamples = samples;
    const look = () => cache.isComplete && resolve(cache);
    cache.onArrive(look);
    cache.want(names);
    look();
  });
}

/** @param session with its whole index. @param width of the lanes, px */
export async function reportScene(
  session: ReviewedSession,
  events: ReviewEvents,
  notes: readonly ReviewNote[],
  settings: TraceSettings,
  width: number,
): Promise<ReviewScene> {
  const { index } = session;
  const description = session.describe();
  const window = new ReviewWindow(description.sampleRateHz, description.samples);
  const asked = { folder: description.folder, ticket: 0, columns: tileColumns };
  const placeOf = ({ samplesPerColumn, tile }: TileName) => ({
    samplesPerColumn,
    fromSample: tile * tileColumns * samplesPerColumn,
  });
  const plan = { description, window } as ReviewScene;
  const traces = await gather<ReviewTraces>(description.samples, traceTiles(plan, width, settings).seen, (name) =>
    queryTraces(index, {
      ...asked,
      ...placeOf(name),
      firstChannel: name.block * blockChannels,
      channels: blockChannels,
    }),
  );
  const activity = await gather<ReviewActivity>(description.samples, activityTiles(plan, width).seen, (name) =>
    queryActivity(index, { ...asked, ...placeOf(name) }),
  );
  return { description, window, traces, activity, events, notes };
}
