// How far two simulators may differ in what a neuron model does.

export interface ModelStatistics {
  rateHz: number;
  /** Of the intervals of a neuron, mean over neurons. */
  cv: number;
  /** Of the counts of two neurons in 20 ms, mean over pairs. */
  correlation: number;
}

/** The means of five random draws of 15 s differ by a third of these or less. */
export const tolerance = { spikes: 2, spikesRelative: 0.02, rateRelative: 0.06, cv: 0.04, correlation: 0.02 } as const;

/** @returns what differs by more than the tolerance, in words. */
export function differentCurrents(
  biases: readonly number[],
  ours: readonly number[],
  theirs: readonly number[],
): string[] {
  return biases.flatMap((bias, index) => {
    const [own, other] = [ours[index]!, theirs[index]!];
    const most = tolerance.spikes + tolerance.spikesRelative * other;
    return Math.abs(own - other) > most ? [`${own} spikes at a drive of ${bias} instead of ${other}`] : [];
  });
}

export function differentStatistics(ours: ModelStatistics, theirs: ModelStatistics): string[] {
  const differ = (what: string, own: number, other: number, most: number) =>
    Math.abs(own - other) <= most ? [] : [`${what} ${own.toFixed(3)} instead of ${other.toFixed(3)}`];
  return [
    ...differ('a rate of', ours.rateHz, theirs.rateHz, tolerance.rateRelative * theirs.rateHz),
    ...differ('a CV of', ours.cv, theirs.cv, tolerance.cv),
    ...differ('a correlation of', ours.correlation, theirs.correlation, tolerance.correlation),
  ];
}
