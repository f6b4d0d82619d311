import { describe, expect, it } from 'vitest';
import { mix } from '../network/random.ts';
import { evaluate } from '../kernel/evaluate.fixture.ts';
import { variable } from '../kernel/expression.ts';
import { backgroundInput, backgroundTable } from './noise.ts';

const { node } = backgroundInput(variable('randomBits'), variable('weight'));

function countsOf(mean: number, draws: number): Float64Array {
  const tables = { backgroundTable: backgroundTable(mean) };
  return Float64Array.from({ length: draws }, (_, draw) =>
    evaluate(node, { tables, variables: { randomBits: mix(draw) | 0, weight: 1 } }),
  );
}

describe('background events', () => {
  it.each([0.01, 0.5, 1.6, 2.32, 8, 40])('are Poisson-distributed with a mean of %d in a step', (mean) => {
    const counts = countsOf(mean, 40_000);
    const average = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - average) ** 2, 0) / counts.length;
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(mean / counts.length));
    expect(Math.abs(variance / mean - 1)).toBeLessThan(5 * Math.sqrt((1 / mean + 2) / counts.length));
    // χ² of the numbers of events, those that are expected at least 50 times.
    let chance = Math.exp(-mean);
    let [square, bins] = [0, 0];
    for (let events = 0; events < 200; chance *= mean / ++events) {
      const expected = chance * counts.length;
      if (expected < 50) continue;
      square += (counts.filter((count) => count === events).length - expected) ** 2 / expected;
      bins++;
    }
    expect(square).toBeLessThan(bins + 4 * Math.sqrt(2 * bins));
  });

  it('weigh what they are told', () => {
    const tables = { backgroundTable: backgroundTable(3) };
    const variables = { randomBits: 12_345, weight: 7 };
    expect(evaluate(node, { tables, variables })).toBe(
      7 * evaluate(node, { tables, variables: { ...variables, weight: 1 } }),
    );
  });
});
