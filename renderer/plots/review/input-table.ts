// The digital inputs that a review shows, as rows of a table: how each line is at first, then every edge, or how many there are; pure; used in the page.
import {
  activityTiles,
  type CountedScene,
  columnsBetween,
  forEachTile,
} from '../../../common/figures/review/review-scene.ts';

/** A row of the table of events. `at`: sample from the session's first on. */
export type EventRow = [at: number, kind: string, where: string, value: string, unit: string, words: string];

/** Of the window. @param widthPixels of the lanes, device pixels: decides which pieces are there */
export function inputRows(scene: CountedScene, widthPixels: number): EventRow[] {
  const { activity, description, window } = scene;
  const from = Math.max(0, window.fromSample);
  const to = Math.min(window.toSample, description.samples);
  const rows: EventRow[] = [];
  const isTold = description.digitalInputs.map(() => false);
  forEachTile(activity, activityTiles(scene, widthPixels).seen, (tile, first, end) => {
    const [begin, stop] = [Math.max(first, from), Math.min(end, to)];
    for (const [input, { name }] of description.digitalInputs.entries()) {
      const edges = [...tile.edgeAt.keys()].filter((edge) => tile.edgeInput[edge] === input);
      const known = Math.max(tile.lineKnownFrom[input]!, begin);
      if (!isTold[input] && tile.hasEdges && known < stop) {
        isTold[input] = true;
        const last = edges.findLast((edge) => tile.edgeAt[edge]! < known);
        const isHigh = last === undefined ? tile.lineIsHigh[input] : tile.edgeIsRise[last];
        rows.push([known, 'digital input', name, String(isHigh), '', isHigh === 1 ? 'is high' : 'is low']);
      }
      for (const edge of edges) {
        const at = tile.edgeAt[edge]!;
        const isRise = tile.edgeIsRise[edge] === 1;
        if (at >= begin && at < stop)
          rows.push([at, 'digital input', name, isRise ? '1' : '0', '', isRise ? 'rises' : 'falls']);
      }
      if (tile.hasEdges) continue;
      const [firstColumn, endColumn] = columnsBetween(tile, begin, stop);
      for (let column = firstColumn; column < endColumn; column++) {
        const at = Math.max(begin, tile.fromSample + column * tile.samplesPerColumn);
        const unit = `per ${tile.samplesPerColumn} samples`;
        const place = input * tile.columns + column;
        rows.push([at, 'rising edges', name, String(tile.riseCounts[place]), unit, '']);
        rows.push([at, 'falling edges', name, String(tile.fallCounts[place]), unit, '']);
      }
    }
  });
  return rows;
}
