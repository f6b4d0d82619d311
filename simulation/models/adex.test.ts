import { describe, expect, it } from 'vitest';
import { populationOf, potentialMillivolts, trace } from '../one-population.fixture.ts';

/** The same equations in floating point with a step of 1 µs. @returns firing times in ms */
function exactFirings(bias: number, { a = 0.13, b = 2.7, tauW = 144 }, milliseconds: number): number[] {
  const [tau, slope, threshold, peak, reset] = [9.4, 2, 19.6, 70, 5];
  const step = 0.001;
  const firings: number[] = [];
  let [u, w, refractoryUntil] = [0, 0, -1];
  for (let index = 0; index < milliseconds / step; index++) {
    const t = index * step;
    w += (step / tauW) * (a * u - w);
    if (t < refractoryUntil) continue;
    u += (step / tau) * (-(u - bias) + slope * Math.exp(Math.min(30, (u - threshold) / slope)) - w);
    if (u < peak) continue;
    firings.push(t);
    [u, w, refractoryUntil] = [reset, w + b, t + 2];
  }
  return firings;
}

const model = {
  model: 'adex',
  restMillivolts: -70,
  resetMillivolts: -65,
  thresholdMillivolts: -50.4,
  peakMillivolts: 0,
} as const;

describe('an adaptive exponential neuron', () => {
  it('fires when the equations say, adapting from spike to spike, for several currents and adaptations', () => {
    for (const bias of [22, 26, 35]) {
      for (const adaptation of [{}, { a: 0, b: 0 }, { a: 0.5, b: 1, tauW: 60 }]) {
        const { a = 0.13, b = 2.7, tauW = 144 } = adaptation;
        const neuron = populationOf(
          {
            ...model,
            biasMillivolts: bias,
            adaptationFraction: a,
            adaptationJumpMillivolts: b,
            adaptationTimeConstantMilliseconds: tauW,
          },
          0.05,
        );
        const firings = trace(neuron, 400 / 0.05).firings.map((step) => (step + 1) * 0.05);
        const expected = exactFirings(bias, adaptation, 400);
        expect(Math.abs(firings.length - expected.length)).toBeLessThanOrEqual(1);
        for (const [index, time] of firings.slice(0, 3).entries())
          expect(Math.abs(time - expected[index]!)).toBeLessThan(0.02 * time + 0.1);
      }
    }
  });

  it('slows down as it adapts, and does not without adaptation', () => {
    const intervals = (jump: number) => {
      const neuron = populationOf({
        ...model,
        biasMillivolts: 30,
        adaptationJumpMillivolts: jump,
        adaptationFraction: 0,
      });
      const { firings } = trace(neuron, 4000);
      return firings.slice(1).map((step, index) => step - firings[index]!);
    };
    const adapting = intervals(3);
    expect(adapting.at(-1)!).toBeGreaterThan(1.5 * adapting[0]!);
    expect(new Set(intervals(0)).size).toBe(1);
  });

  it('rests where leak, upswing and adaptation balance', () => {
    const neuron = populationOf({ ...model, biasMillivolts: 8 });
    trace(neuron, 30_000);
    // u (1 + a) = bias + ΔT exp((u − 19.6) / ΔT) at u = 7.083.
    let u = 7;
    for (let round = 0; round < 50; round++) u = (8 + 2 * Math.exp((u - 19.6) / 2)) / 1.13;
    expect(Math.abs(potentialMillivolts(neuron) - u)).toBeLessThan(0.01);
  });
});
