// Where electrodes are when nothing else is known: on a square grid, row by row. The virtual rig puts them there; analysis looks there for neighbours.

/** Columns of the smallest square grid that holds `channels`. */
export const gridColumns = (channels: number): number => Math.ceil(Math.sqrt(channels));

/** @returns columns and rows between two electrodes on the smallest square grid that holds `channels`, in electrode pitches. */
export function gridOffset(channels: number, a: number, b: number): { columns: number; rows: number } {
  const side = gridColumns(channels);
  return { columns: Math.abs((a % side) - (b % side)), rows: Math.abs(Math.floor(a / side) - Math.floor(b / side)) };
}

/** @returns the distance of two electrodes in electrode pitches. */
export function gridDistance(channels: number, a: number, b: number): number {
  const { columns, rows } = gridOffset(channels, a, b);
  return Math.hypot(columns, rows);
}
