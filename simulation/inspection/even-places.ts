// Which of many things are looked at: a few, spread evenly over all of them; simulation process.

const goldenFraction = (Math.sqrt(5) - 1) / 2;

/**
 * Cuts 0 to `total` − 1 into equal stretches and takes one place of each, at an offset that never falls into step with rows of any length.
 * @returns at most `most` different places, ascending; all of them when there are no more.
 */
export function evenPlaces(total: number, most: number): Uint32Array {
  const count = Math.min(total, most);
  return Uint32Array.from({ length: count }, (_, index) => {
    const begin = Math.floor((index * total) / count);
    const end = Math.floor(((index + 1) * total) / count);
    return begin + Math.floor(((index * goldenFraction) % 1) * (end - begin));
  });
}
