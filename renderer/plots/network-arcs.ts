// Where the lines of a network's diagram run: its parts stand in a row, forward lines pass above, backward ones below; used in the page.

export interface ArcEnds {
  from: number;
  to: number;
}

/** CSS px. */
export interface RowGeometry {
  /** Distance from the middle of one part to the next. */
  pitch: number;
  boxWidth: number;
  boxHeight: number;
  /** Of the whole diagram; boxes stand in the middle. */
  height: number;
}

/** Where a line ends, and the direction in which it arrives. */
export interface ArcPath {
  path: string;
  end: { x: number; y: number; degrees: number };
}

/** From the middle of a box to where lines leave and arrive, as a share of its width. */
const footShare = 0.22;
const loopHalfWidth = 15;
/** Lines of the same ends stand this far apart. */
const apart = 9;

/** @returns a line for each pair of ends, in their order. Neighbours are joined straight, and every other forward line rises with its span. */
export function networkArcs(ends: readonly ArcEnds[], geometry: RowGeometry): ArcPath[] {
  const farthest = Math.max(2, ...ends.map(({ from, to }) => Math.abs(to - from)));
  const seen = new Map<string, number>();
  return ends.map(({ from, to }) => {
    const key = `${from} ${to}`;
    const twin = seen.get(key) ?? 0;
    seen.set(key, twin + 1);
    if (from === to) return loop(from, twin, geometry);
    if (to === from + 1) return straight(from, to, twin, geometry);
    return arc(from, to, twin, farthest, geometry);
  });
}

const middleOf = (part: number, { pitch }: RowGeometry) => (part + 0.5) * pitch;

function straight(from: number, to: number, twin: number, geometry: RowGeometry): ArcPath {
  const y = geometry.height / 2 + (twin % 2 === 0 ? 1 : -1) * Math.ceil(twin / 2) * apart;
  const half = geometry.boxWidth / 2;
  const [begin, end] = [middleOf(from, geometry) + half, middleOf(to, geometry) - half];
  return { path: `M${begin} ${y}H${end}`, end: { x: end, y, degrees: 0 } };
}

function loop(part: number, twin: number, geometry: RowGeometry): ArcPath {
  const x = middleOf(part, geometry);
  const y = geometry.height / 2 - geometry.boxHeight / 2;
  const [left, right] = [x - loopHalfWidth, x + loopHalfWidth];
  const top = y - 38 - apart * twin;
  return { path: `M${left} ${y}C${left} ${top} ${right} ${top} ${right} ${y}`, end: { x: right, y, degrees: 90 } };
}

function arc(from: number, to: number, twin: number, farthest: number, geometry: RowGeometry): ArcPath {
  const up = to > from ? -1 : 1;
  const foot = geometry.boxWidth * footShare * (to > from ? 1 : -1) + (to > from ? 1 : -1) * loopHalfWidth * 0.5;
  const edge = geometry.height / 2 + (up * geometry.boxHeight) / 2;
  const [begin, end] = [middleOf(from, geometry) + foot, middleOf(to, geometry) - foot];
  const room = geometry.height / 2 - geometry.boxHeight / 2 - 10;
  const rise = Math.min(room, (room * (0.45 + Math.abs(to - from))) / (0.45 + farthest) + apart * twin);
  // A curve of the third degree rises three quarters as high as its handles.
  const handle = edge + (up * rise * 4) / 3;
  return {
    path: `M${begin} ${edge}C${begin} ${handle} ${end} ${handle} ${end} ${edge}`,
    end: { x: end, y: edge, degrees: up < 0 ? 90 : -90 },
  };
}
