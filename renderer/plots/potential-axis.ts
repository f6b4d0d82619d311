// The axis of a strip of membrane potentials: from round number to round number, so that it seldom changes; used in the page.

const stepMillivolts = 10;
const marginMillivolts = 1;
/** What is shown below rest and above threshold: inhibition in a burst may reach farther, and is drawn at the edge. */
const belowRestMillivolts = 14;
const aboveThresholdMillivolts = 9;

export type PotentialAxis = readonly [from: number, to: number];

const roundedOut = (from: number, to: number): PotentialAxis => [
  Math.floor(from / stepMillivolts) * stepMillivolts,
  Math.ceil(to / stepMillivolts) * stepMillivolts,
];

/**
 * @param before the axis until now, which the new one holds
 * @returns around rest and threshold where both are known, else wide enough for every potential; undefined when there is nothing to show.
 */
export function potentialAxis(
  potentialsMillivolts: readonly number[],
  restMillivolts: number | undefined,
  thresholdMillivolts: number | undefined,
  before: PotentialAxis | undefined,
): PotentialAxis | undefined {
  if (restMillivolts !== undefined && thresholdMillivolts !== undefined)
    return roundedOut(restMillivolts - belowRestMillivolts, thresholdMillivolts + aboveThresholdMillivolts);
  if (potentialsMillivolts.length === 0) return before;
  const [lowest, highest] = [Math.min(...potentialsMillivolts), Math.max(...potentialsMillivolts)];
  const [from, to] = roundedOut(lowest - marginMillivolts, highest + marginMillivolts);
  return before === undefined ? [from, to] : [Math.min(from, before[0]), Math.max(to, before[1])];
}
