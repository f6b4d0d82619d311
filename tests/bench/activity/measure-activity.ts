// Everything that the benchmark of the activity watch reports.
import { measureCost } from './measure-cost.ts';
import { measureEvents } from './measure-events.ts';
import { measureQuiet } from './measure-quiet.ts';
import { areaUnderCurve, curve, eventTable, quietTable } from './summarise.ts';

/**
 * @param hours quiet hours of each preparation.
 * @param each events of each kind, difficulty and preparation.
 * @param ticks that are timed.
 */
export function measureActivity(hours: number, each: number, ticks: number) {
  const cost = [measureCost(64, 30_000, ticks), measureCost(16, 40_000, ticks)];
  const quiet = measureQuiet(hours);
  const events = measureEvents(each);
  return {
    quiet: quietTable(quiet),
    falseTrips: quiet.flatMap(({ preparation, falseTrips }) => falseTrips.map((trip) => ({ preparation, ...trip }))),
    events: eventTable(events),
    curve: curve(quiet, events),
    areaUnderCurve: areaUnderCurve(quiet, events),
    cost,
  };
}
