import { describe, expect, it } from 'vitest';
import { configurationOf } from '../example-configuration.ts';
import { IntervalStatistics } from './interval-statistics.ts';

const [model] = configurationOf({ populations: [{ name: 'two', neurons: 2, model: 'lif' }] }).network.populations;
const population = { firstNeuron: 1, model: model! };

describe('IntervalStatistics', () => {
  it('counts the spikes of a population and finds regular firing regular', () => {
    const statistics = new IntervalStatistics(3);
    // Neuron 0 is of another population.
    for (let tick = 0; tick < 100; tick++)
      statistics.add(tick, tick % 10 === 0 ? Uint32Array.of(0, 1) : Uint32Array.of(0));
    expect(statistics.of(population, 0.1)).toEqual({ rateHz: 50, cvOfIntervals: 0 });
  });

  it('gives the coefficient of variation of intervals of 1 and 3 ticks', () => {
    const statistics = new IntervalStatistics(3);
    for (const tick of [0, 1, 4, 5, 8, 9, 12]) statistics.add(tick, Uint32Array.of(2));
    expect(statistics.of(population, 1).cvOfIntervals).toBeCloseTo(Math.sqrt(6 / 5) / 2, 12);
  });

  it('says nothing about neurons that fired too seldom', () => {
    const statistics = new IntervalStatistics(3);
    for (const tick of [0, 1, 4, 5, 8]) statistics.add(tick, Uint32Array.of(1, 2));
    expect(statistics.of(population, 1)).toEqual({ rateHz: 5, cvOfIntervals: null });
  });
});
