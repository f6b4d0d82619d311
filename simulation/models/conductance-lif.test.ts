import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { populationOf, potentialMillivolts, trace } from '../one-population.fixture.ts';
import { compileNeurons } from './compile-neurons.ts';
import { configurationOf } from '../example-configuration.ts';

const model = { model: 'lif-conductance', restMillivolts: -60, resetMillivolts: -60 } as const;

/** nS as a whole number for the kernel. */
function nanosiemens(value: number, stepMilliseconds: number): number {
  const { network } = configurationOf({ populations: [{ name: 'all', neurons: 1, ...model }] });
  return Math.round(value * compileNeurons(network.populations[0]!, stepMilliseconds).weightUnit);
}

/** Potential above rest after one excitatory and one inhibitory event at time 0, by fourth-order Runge-Kutta in floating point. */
function exact(excitatory: number, inhibitory: number, milliseconds: number): number {
  const steps = Math.round(milliseconds / 0.002);
  const slope = (u: number, t: number) =>
    (-u + (excitatory / 10) * Math.exp(-t / 5) * (60 - u) + (inhibitory / 10) * Math.exp(-t / 5) * (-20 - u)) / 20;
  let u = 0;
  for (let step = 0; step < steps; step++) {
    const t = step * 0.002;
    const k1 = slope(u, t);
    const k2 = slope(u + 0.001 * k1, t + 0.001);
    const k3 = slope(u + 0.001 * k2, t + 0.001);
    u += (0.002 / 6) * (k1 + 2 * k2 + 2 * k3 + slope(u + 0.002 * k3, t + 0.002));
  }
  return u;
}

describe('a conductance-based neuron', () => {
  it('answers excitation and inhibition as the equation says, better the shorter the step', () => {
    for (const [excitatory, inhibitory] of [
      [1.2, 0],
      [0, 30],
      [2.5, 12],
    ] as const) {
      const errors = [1, 0.1, 0.05].map((step) => {
        const neuron = populationOf({ ...model, thresholdMillivolts: 0 }, step);
        neuron.receive(0, 0, nanosiemens(excitatory, step));
        neuron.receive(1, 0, nanosiemens(inhibitory, step));
        const { potentials } = trace(neuron, 40 / step);
        return Math.max(
          ...[5, 10, 20, 40].map((at) =>
            Math.abs(potentials[Math.round(at / step) - 1]! - exact(excitatory, inhibitory, at)),
          ),
        );
      });
      expect(errors[0]!).toBeLessThan(0.8);
      expect(errors[1]!).toBeLessThan(0.08);
      expect(errors[2]!).toBeLessThan(0.04);
      expect(errors[2]!).toBeLessThan(0.6 * errors[1]!);
    }
  });

  it('fires with the analytic period under a steady bias', () => {
    // From reset at rest: 20 ms × ln(15 / 5) = 21.97 ms, and then 5 ms of refractory time.
    const { firings } = trace(populationOf({ ...model, biasMillivolts: 15, refractoryMilliseconds: 5 }), 1200);
    const intervals = firings.slice(1).map((step, index) => step - firings[index]!);
    for (const interval of intervals) expect(Math.abs(interval - 270)).toBeLessThanOrEqual(1);
  });

  it('never leaves the range between its reversal potentials, whatever arrives', () => {
    const events = fc.array(fc.tuple(fc.double({ min: 0, max: 300, noNaN: true }), fc.nat(1)), { maxLength: 200 });
    fc.assert(
      fc.property(events, fc.constantFrom(0.05, 0.1, 0.5), (list, step) => {
        const neuron = populationOf({ ...model, thresholdMillivolts: -1 }, step);
        for (const [at, [weight, receptor]] of list.entries()) {
          neuron.receive(receptor, 0, nanosiemens(weight, step));
          neuron.step(at);
          expect(potentialMillivolts(neuron)).toBeGreaterThan(-20.001);
          expect(potentialMillivolts(neuron)).toBeLessThan(60.001);
        }
      }),
    );
  });
});
