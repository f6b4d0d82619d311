// What arriving spikes and firing receivers cost, from the times of ticks with and without them; bench program of the simulation.
import { assert } from '../../common/base/assert.ts';
import { percentile } from '../../common/base/percentile.ts';
import type { EventCost, NetworkCost } from '../../common/bench/rule-cost.ts';

/** One tick: how long it took, and how many synapses its arrivals and its firings reached. */
export interface TickRecord {
  readonly milliseconds: number;
  readonly arrivals: number;
  readonly firings: number;
}

/**
 * Each tick is compared with the quiet ticks of its own cycle: what slows the machine down for longer than a cycle, and what every
 * tick costs, neurons and steps of synapses, falls out.
 * @param cycles each with a tick of arrivals, a tick of firings and quiet ticks
 */
export function costsOf(cycles: readonly (readonly TickRecord[])[]): NetworkCost {
  const quiet: number[] = [];
  const [arrivals, firings]: [Extra[], Extra[]] = [[], []];
  for (const cycle of cycles) {
    const still = cycle.filter((tick) => tick.arrivals === 0 && tick.firings === 0);
    assert(still.length > 0, 'a cycle has a tick in which nothing happens');
    const mean = still.reduce((sum, { milliseconds }) => sum + milliseconds / still.length, 0);
    quiet.push(mean);
    for (const tick of cycle) {
      assert(tick.arrivals === 0 || tick.firings === 0, 'spikes do not arrive in a tick in which receivers fire');
      const milliseconds = tick.milliseconds - mean;
      if (tick.arrivals > 0) arrivals.push({ milliseconds, events: tick.arrivals });
      if (tick.firings > 0) firings.push({ milliseconds, events: tick.firings });
    }
  }
  return { arrivals: eventCost(arrivals), firings: eventCost(firings), quietMilliseconds: quartiles(quiet) };
}

interface Extra {
  readonly milliseconds: number;
  readonly events: number;
}

function eventCost(extras: readonly Extra[]): EventCost {
  assert(extras.length > 0, 'in every network spikes arrive and receivers fire');
  return {
    extraMilliseconds: quartiles(extras.map(({ milliseconds }) => milliseconds)),
    events: extras.reduce((sum, { events }) => sum + events / extras.length, 0),
  };
}

function quartiles(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  return { p25: percentile(sorted, 0.25), p50: percentile(sorted, 0.5), p75: percentile(sorted, 0.75) };
}
