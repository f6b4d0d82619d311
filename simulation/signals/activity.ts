// Signals made of how much, how burstily and how unusually units fire; simulation process.
import type { Signal } from '../../common/experiment/network/signal.ts';
import type { CompiledNetwork } from '../network/compiled-network.ts';
import { Baseline } from './baseline.ts';
import type { RunningSignal } from './signal.ts';
import { UnitRates } from './unit-rates.ts';
import { UnitSpikes } from './unit-spikes.ts';

type Of<K extends Signal['kind']> = Extract<Signal, { kind: K }>;

/** Mean rate of the source in Hz, above its running mean. */
export function activitySignal(
  signal: Of<'activity'>,
  network: CompiledNetwork,
  tickMilliseconds: number,
): RunningSignal {
  const spikes = new UnitSpikes(signal.source, network);
  const rates = new UnitRates(spikes.counts.length, signal.timeConstantMilliseconds, tickMilliseconds);
  const baseline = new Baseline(signal.baselineMilliseconds, tickMilliseconds);
  const values = new Float64Array(1);
  return {
    values,
    state: [rates.hertz, baseline.mean],
    advance(tick) {
      spikes.count(tick);
      rates.add(spikes.counts);
      values[0] = baseline.above(rates.mean);
    },
  };
}

/** A burst begins with the spike that completes it: the n-th within the window, none of them of a burst before. */
export function burstSignal(
  signal: Of<'burst-rate'>,
  network: CompiledNetwork,
  tickMilliseconds: number,
): RunningSignal {
  const spikes = new UnitSpikes(signal.source, network);
  const units = spikes.counts.length;
  const rates = new UnitRates(units, signal.timeConstantMilliseconds, tickMilliseconds);
  const baseline = new Baseline(signal.baselineMilliseconds, tickMilliseconds);
  const withinTicks = Math.max(1, Math.round(signal.withinMilliseconds / tickMilliseconds));
  /** Of each unit the ticks of its last spikes, oldest first, counted from 1. */
  const last = new Float64Array(units * signal.spikes);
  const bursts = new Uint32Array(units);
  const values = new Float64Array(1);
  const take = (unit: number, tick: number) => {
    const own = last.subarray(unit * signal.spikes, (unit + 1) * signal.spikes);
    own.copyWithin(0, 1);
    own[own.length - 1] = tick + 1;
    if (own[0] === 0 || tick + 1 - own[0]! > withinTicks) return;
    bursts[unit]!++;
    own.fill(0);
  };
  return {
    values,
    state: [rates.hertz, baseline.mean, last],
    advance(tickSpikes, tick) {
      spikes.count(tickSpikes);
      bursts.fill(0);
      for (let unit = 0; unit < units; unit++)
        for (let spike = 0; spike < spikes.counts[unit]!; spike++) take(unit, tick);
      rates.add(bursts);
      values[0] = baseline.above(rates.mean);
    },
  };
}

/** Mean distance of the units' rates from their own slow means, in Hz. */
export function noveltySignal(
  signal: Of<'novelty'>,
  network: CompiledNetwork,
  tickMilliseconds: number,
): RunningSignal {
  const spikes = new UnitSpikes(signal.source, network);
  const units = spikes.counts.length;
  const now = new UnitRates(units, signal.timeConstantMilliseconds, tickMilliseconds);
  const before = new UnitRates(units, signal.memoryMilliseconds, tickMilliseconds);
  const baseline = new Baseline(signal.baselineMilliseconds, tickMilliseconds);
  const values = new Float64Array(1);
  return {
    values,
    state: [now.hertz, before.hertz, baseline.mean],
    advance(tick) {
      spikes.count(tick);
      now.add(spikes.counts);
      before.add(spikes.counts);
      let distance = 0;
      for (let unit = 0; unit < units; unit++) distance += Math.abs(now.hertz[unit]! - before.hertz[unit]!);
      values[0] = baseline.above(distance / units);
    },
  };
}
