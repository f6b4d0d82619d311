import { describe, expect, it } from 'vitest';
import { toQ16 } from '../kernel/share-of.ts';
import { populationOf, potentialMillivolts, trace } from '../one-population.fixture.ts';

/** The equations in floating point with the same step. */
function euler(bias: number, { a, b, c, d }: Record<'a' | 'b' | 'c' | 'd', number>, step: number, steps: number) {
  let [v, u] = [-65, -65 * b];
  const firings: number[] = [];
  for (let index = 0; index < steps; index++) {
    const next = v + step * (0.04 * v * v + 5 * v + 140 - u + bias);
    u += a * step * (b * v - u);
    v = next;
    if (v < 30) continue;
    firings.push(index);
    [v, u] = [c, u + d];
  }
  return firings;
}

/** From Izhikevich (2003), figure 2. */
const kinds = {
  'regular spiking': { a: 0.02, b: 0.2, c: -65, d: 8 },
  'intrinsically bursting': { a: 0.02, b: 0.2, c: -55, d: 4 },
  chattering: { a: 0.02, b: 0.2, c: -50, d: 2 },
  'fast spiking': { a: 0.1, b: 0.2, c: -65, d: 2 },
};

describe("Izhikevich's neuron", () => {
  it.each(Object.entries(kinds))('fires as the equations say: %s', (_, kind) => {
    const neuron = populationOf({
      model: 'izhikevich',
      recoveryRatePerMillisecond: kind.a,
      recoverySensitivity: kind.b,
      resetMillivolts: kind.c,
      recoveryJump: kind.d,
      biasMillivoltsPerMillisecond: 10,
    });
    const { firings } = trace(neuron, 5000);
    const expected = euler(10, kind, 0.1, 5000);
    expect(Math.abs(firings.length - expected.length)).toBeLessThanOrEqual(1);
    for (const [index, step] of firings.slice(0, 10).entries())
      expect(Math.abs(step - expected[index]!)).toBeLessThan(3);
  });

  it('is depolarised by a lone spike by its weight, spread over the synaptic time constant', () => {
    const neuron = populationOf({
      model: 'izhikevich',
      synapticTimeConstantMilliseconds: 0.1,
      recoveryRatePerMillisecond: 0,
      // Where 0.04 v² + 5 v + 140 − u is 0: at rest.
      initialMillivolts: -70,
      recoverySensitivity: 0.2,
    });
    const before = potentialMillivolts(neuron);
    neuron.receive(0, 0, toQ16(2));
    const { potentials } = trace(neuron, 10);
    expect(Math.max(...potentials) - before).toBeGreaterThan(1.6);
    expect(Math.max(...potentials) - before).toBeLessThan(2.05);
  });

  it('reports a potential that inhibition drives out of its range', () => {
    const neuron = populationOf({ model: 'izhikevich' });
    neuron.receive(1, 0, toQ16(-7000));
    expect(() => trace(neuron, 20)).toThrow('left the range');
  });
});
