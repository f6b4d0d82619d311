import { describe, expect, it } from 'vitest';
import { PopulationWatch } from './population-watch.ts';

const millisecond = 1e6;
/** A hundred neurons, weights of 0 to 10 mV, 200 Hz on average: 20 000 spikes in any second. */
const bounds = { neurons: 100, weightMinMillivolts: 0, weightMaxMillivolts: 10 };
const limits = { populationRateMaxMillihertz: 200_000 };

const watchOf = (change: Partial<typeof bounds> = {}) => new PopulationWatch({ ...bounds, ...change }, limits);
const result = (spikes: number, meanPlasticWeightMillivolts = 5) => ({
  spikes: { length: spikes },
  meanPlasticWeightMillivolts,
});

describe('PopulationWatch', () => {
  it('finds nothing in a population inside its bounds', () => {
    const watch = watchOf();
    for (let tick = 0; tick < 5000; tick++) expect(watch.note(result(19), tick * millisecond)).toBeUndefined();
  });

  describe('of the weights', () => {
    it.each([
      [0, undefined],
      [10, undefined],
      [5e-324, undefined],
      [10.000_000_1, 10],
      [-0.000_000_1, 0],
      [11.5, 10],
      [-2, 0],
    ])('H75: judges a mean of %d mV', (weight, bound) => {
      const fault = watchOf().note(result(0, weight), 0);
      if (bound === undefined) expect(fault).toBeUndefined();
      else {
        const message = `The mean plastic weight is ${weight.toPrecision(4)} mV; 0 to 10 mV are its bounds.`;
        expect(fault).toEqual({ code: 'weights-out-of-bounds', message, value: weight, bound, unit: 'mV' });
      }
    });

    it.each([Number.NaN, Infinity, -Infinity])('H74: calls a mean of %d no finite number', (weight) => {
      const message = 'The mean weight of the simulation is not a finite number.';
      expect(watchOf().note(result(0, weight), 0)).toEqual({ code: 'not-finite', message });
    });

    it('H75: lets no weight through bounds that are no number', () => {
      for (const change of [{ weightMinMillivolts: Number.NaN }, { weightMaxMillivolts: Number.NaN }])
        expect(watchOf(change).note(result(0), 0)).toMatchObject({ code: 'weights-out-of-bounds' });
    });

    it('knows a network without plastic weights: their mean is 0', () => {
      expect(watchOf({ weightMaxMillivolts: 0 }).note(result(0, 0), 0)).toBeUndefined();
      expect(watchOf({ weightMaxMillivolts: 0 }).note(result(0, 0.1), 0)).toMatchObject({ bound: 0 });
    });
  });

  describe('of the rate', () => {
    it.each([
      [19_999, undefined],
      [20_000, undefined],
      [20_001, 200.01],
      [100_000, 1000],
    ])('H75: judges %d spikes of a hundred neurons within a second', (spikes, value) => {
      const watch = watchOf();
      expect(watch.note(result(10_000), 0)).toBeUndefined();
      const fault = watch.note(result(spikes - 10_000), 900 * millisecond);
      if (value === undefined) expect(fault).toBeUndefined();
      else {
        const message = `The simulated population fires at ${value.toFixed(0)} Hz on average; 200 Hz are allowed.`;
        expect(fault).toEqual({ code: 'runaway-population', message, value, bound: 200, unit: 'Hz' });
      }
    });

    it('H75: forgets a burst after a second, and at most 50 ms later', () => {
      for (const [at, isFault] of [
        [999, true],
        [1000, true],
        [1049.999, true],
        [1050, false],
      ] as const) {
        const watch = watchOf();
        watch.note(result(20_000), 0);
        expect(watch.note(result(1), at * millisecond) !== undefined).toBe(isFault);
      }
    });

    it('H75: finds a rate that lasts within a second of its beginning', () => {
      const watch = watchOf();
      let tick = 0;
      for (; tick < 1000; tick++) expect(watch.note(result(10), tick * millisecond)).toBeUndefined();
      while (watch.note(result(30), ++tick * millisecond) === undefined);
      expect(tick).toBeGreaterThan(1300);
      expect(tick).toBeLessThan(1600);
    });

    it('H75: counts spikes also where the weights are wrong', () => {
      const watch = watchOf();
      expect(watch.note(result(20_001, 11), 0)).toMatchObject({ code: 'weights-out-of-bounds' });
      expect(watch.note(result(0), millisecond)).toMatchObject({ code: 'runaway-population' });
    });

    it('H74: takes a number of spikes, or a limit, that is no number for too many', () => {
      expect(watchOf().note(result(Number.NaN), 0)).toMatchObject({ code: 'runaway-population' });
      const watch = new PopulationWatch(bounds, { populationRateMaxMillihertz: Number.NaN });
      expect(watch.note(result(0), 0)).toMatchObject({ code: 'runaway-population' });
    });

    it('judges a network without neurons as one with a single one', () => {
      expect(watchOf({ neurons: 0 }).note(result(200), 0)).toBeUndefined();
      expect(watchOf({ neurons: 0 }).note(result(201), 0)).toMatchObject({ value: 201 });
    });
  });
});
