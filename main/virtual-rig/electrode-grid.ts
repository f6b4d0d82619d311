// Where the electrodes are: a square grid, row by row; runs in the virtual rig.

/** @returns the distance of two electrodes in electrode pitches, on the smallest square grid that holds `channels`. */
export function gridDistance(channels: number, a: number, b: number): number {
  const side = Math.ceil(Math.sqrt(channels));
  return Math.hypot((a % side) - (b % side), Math.floor(a / side) - Math.floor(b / side));
}
