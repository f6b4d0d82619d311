// Counts weights in equal bins; simulation process.

/** @returns the lowest and the highest; zeros when there are none. */
export function extent(weights: Int32Array): [lowest: number, highest: number] {
  let lowest = weights[0] ?? 0;
  let highest = lowest;
  for (const weight of weights) {
    if (weight < lowest) lowest = weight;
    if (weight > highest) highest = weight;
  }
  return [lowest, highest];
}

/** @param from lower end of the first bin, above no weight. @param to upper end of the last bin, which holds it. */
export function countWeights(weights: Int32Array, from: number, to: number, bins: number): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const weight of weights) counts[Math.min(bins - 1, Math.floor(((weight - from) / (to - from)) * bins))]!++;
  return counts;
}
