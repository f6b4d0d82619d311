import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PopulationOf } from '../../../common/experiment/network/population.ts';
import { SimulationFaultError } from '../../../common/simulation-protocol/fault.ts';
import { toQ16 } from '../../kernel/share-of.ts';
import { populationOf, potentialMillivolts, trace } from '../../one-population.fixture.ts';
import type { Population } from './population.ts';

const population = (parts: Partial<PopulationOf<'lif'>>, stepMilliseconds = 0.5, seed = 1) =>
  populationOf({ model: 'lif', ...parts }, stepMilliseconds, seed);

/** Potentials after each step, and the steps at whose end the neuron fired. */
function run(neuron: Population, steps: number): { potentials: number[]; firings: number[] } {
  const { potentials, firings } = trace(neuron, steps);
  return { potentials: potentials.map((above) => -70 + above), firings };
}

const timeConstants = fc.record({
  membrane: fc.double({ min: 1, max: 100, noNaN: true }),
  synaptic: fc.double({ min: 0.1, max: 100, noNaN: true }),
  step: fc.constantFrom(0.05, 0.1, 0.5, 1),
});

/** Shares of 15 bits and potentials of 16 behind the point: a hundredth of a millivolt, over the longest time constants. */
function expectClose(value: number, expected: number): void {
  expect(Math.abs(value - expected)).toBeLessThan(0.02);
}

describe('a leaky integrate-and-fire neuron', () => {
  it('charges towards its bias as 1 − exp(−t/τ), for every step size', () => {
    fc.assert(
      fc.property(timeConstants, fc.double({ min: -19, max: 19, noNaN: true }), ({ membrane, step }, bias) => {
        const neuron = population({ membraneTimeConstantMilliseconds: membrane, biasMillivolts: bias }, step);
        for (const [index, potential] of run(neuron, 60).potentials.entries()) {
          expectClose(potential, -70 - bias * Math.expm1((-(index + 1) * step) / membrane));
        }
      }),
    );
  });

  it('answers one arriving spike with the difference of two exponentials, exactly on the grid', () => {
    fc.assert(
      fc.property(timeConstants, ({ membrane, synaptic, step }) => {
        fc.pre(Math.abs(membrane / synaptic - 1) > 1e-3);
        const parts = { membraneTimeConstantMilliseconds: membrane, synapticTimeConstantMilliseconds: synaptic };
        const neuron = population(parts, step);
        neuron.receive(0, 0, toQ16(3));
        const shape = (t: number) => Math.exp(-t / synaptic) - Math.exp(-t / membrane);
        const peakTime = (Math.log(membrane / synaptic) * membrane * synaptic) / (membrane - synaptic);
        for (const [index, potential] of run(neuron, 60).potentials.entries()) {
          expectClose(potential, -70 + (3 * shape((index + 1) * step)) / shape(peakTime));
        }
      }),
    );
  });

  it('is depolarised by a lone spike by just its weight, equal time constants included', () => {
    for (const [membrane, synaptic] of [
      [20, 5],
      [10, 10],
      [5, 20],
      [10, 10.0000001],
    ] as const) {
      const parts = { membraneTimeConstantMilliseconds: membrane, synapticTimeConstantMilliseconds: synaptic };
      const neuron = population(parts, 0.05);
      neuron.receive(0, 0, toQ16(2));
      expectClose(Math.max(...run(neuron, 2000).potentials), -68);
    }
  });

  it('fires at the first step whose end is past the analytic crossing, and then with the analytic period', () => {
    // From rest: 20 ms × ln(30 / 10) = 21.97 ms to threshold; from reset: 20 ms × ln(25 / 10) = 18.33 ms after 2 ms of refractory time.
    const { firings } = run(population({ biasMillivolts: 30 }, 0.1), 800);
    expect(firings[0]! + 1).toBe(220);
    expect(firings.slice(1).map((step, index) => step - firings[index]!)).toEqual([204, 204]);
  });

  it('stays at its reset for the refractory time', () => {
    const { potentials, firings } = run(population({ biasMillivolts: 50, refractoryMilliseconds: 3 }), 60);
    const first = firings[0]!;
    expect(potentials.slice(first, first + 7)).toEqual(new Array<number>(7).fill(-65));
    expect(potentials[first + 7]).toBeGreaterThan(-65);
  });

  it('carries noise with the stationary standard deviation and the correlation of its membrane, for every step size', () => {
    for (const step of [0.5, 1]) {
      const neuron = population({ noiseMillivolts: 2, membraneTimeConstantMilliseconds: 10 }, step);
      const potentials = run(neuron, 60_000)
        .potentials.slice(100)
        .map((potential) => potential + 70);
      const lag = 10 / step;
      const variance = potentials.reduce((sum, u) => sum + u * u, 0) / potentials.length;
      const covariance =
        potentials.slice(lag).reduce((sum, u, index) => sum + u * potentials[index]!, 0) / (potentials.length - lag);
      // About 3,000 and 6,000 independent stretches: relative standard errors below 3 %.
      expect(Math.abs(variance / 4 - 1)).toBeLessThan(0.1);
      expect(Math.abs(covariance / variance - Math.exp(-1))).toBeLessThan(0.06);
    }
  });

  it('draws its noise from seed, neuron and step alone', () => {
    const parts = { neurons: 3, noiseMillivolts: 2 };
    const traceOf = (seed: number, neuron: number) => {
      const all = population(parts, 0.5, seed);
      return Array.from({ length: 20 }, (_, step) => (all.step(step), potentialMillivolts(all, neuron)));
    };
    expect(traceOf(1, 2)).toEqual(traceOf(1, 2));
    expect(traceOf(1, 2)).not.toEqual(traceOf(1, 1));
    expect(traceOf(1, 2)).not.toEqual(traceOf(2, 2));
  });

  it('comes to rest to within two microvolts', () => {
    const neuron = population({});
    neuron.receive(0, 0, toQ16(1));
    for (let step = 0; step < 10_000; step++) neuron.step(step);
    expect(Math.abs(potentialMillivolts(neuron, 0))).toBeLessThan(0.002);
  });

  it.each([1, -1])('reports what leaves its range as a fault, with the population (%d)', (sign) => {
    const all = population({ neurons: 5 });
    for (let times = 0; times < 100; times++) all.receive(0, 3, sign * toQ16(100));
    const text = "In step 7 1 of 5 neurons of population 'all' left the range of its whole numbers.";
    expect(() => all.step(7)).toThrow(new SimulationFaultError({ code: 'saturated', text }));
  });
});

describe('a Poisson neuron', () => {
  const spikesOf = (rateHz: number, stepMilliseconds: number, neurons: number, steps: number, seed = 1) => {
    const all = populationOf({ model: 'poisson', neurons, rateHz }, stepMilliseconds, seed);
    return Array.from({ length: steps }, (_, step) => (all.step(step), [...all.spikes.at(step).view()]));
  };

  it('fires at its rate, as independent draws do, for every step size', () => {
    for (const [rateHz, step] of [
      [20, 0.5],
      [200, 1],
      [5, 0.1],
    ] as const) {
      const [neurons, steps] = [100, 20_000];
      const counts = new Float64Array(neurons);
      for (const fired of spikesOf(rateHz, step, neurons, steps)) for (const neuron of fired) counts[neuron]!++;
      const chance = (rateHz * step) / 1000;
      const mean = counts.reduce((sum, count) => sum + count, 0) / neurons;
      const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (neurons - 1);
      const expected = steps * chance * (1 - chance);
      expect(Math.abs(mean - steps * chance)).toBeLessThan(4 * Math.sqrt(expected / neurons));
      expect(Math.abs(variance / expected - 1)).toBeLessThan(4 * Math.sqrt(2 / neurons));
    }
  });

  it('never fires at a rate of 0, and in each step where the rate asks for more', () => {
    expect(spikesOf(0, 1, 3, 50).flat()).toEqual([]);
    expect(spikesOf(1000, 1, 3, 50)).toEqual(Array.from({ length: 50 }, () => [0, 1, 2]));
  });

  it('draws from seed, neuron and step alone', () => {
    expect(spikesOf(100, 1, 5, 50, 1)).toEqual(spikesOf(100, 1, 5, 50, 1));
    expect(spikesOf(100, 1, 5, 50, 1)).not.toEqual(spikesOf(100, 1, 5, 50, 2));
  });
});
