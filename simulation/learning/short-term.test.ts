import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShortTermSynapses } from '../backend/typescript/short-term-synapses.ts';
import { compileShortTerm } from './short-term.ts';

describe('short-term plasticity', () => {
  it('follows the equations of Tsodyks, Pawelzik & Markram from spike to spike', () => {
    const parameters = fc.record({
      utilisation: fc.double({ min: 0.01, max: 1, noNaN: true }),
      recoveryMilliseconds: fc.double({ min: 1, max: 2000, noNaN: true }),
      facilitationMilliseconds: fc.oneof(fc.constant(0), fc.double({ min: 1, max: 2000, noNaN: true })),
    });
    const intervals = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(parameters, intervals, (model, gaps) => {
        const synapses = new ShortTermSynapses(compileShortTerm(model, 0.5), 1);
        const { utilisation: U, recoveryMilliseconds: recovery, facilitationMilliseconds: facilitation } = model;
        let [step, u, x] = [0, 0, 1];
        for (const [index, gap] of gaps.entries()) {
          step += gap;
          const left = index === 0 || facilitation === 0 ? 0 : Math.exp((-gap * 0.5) / facilitation);
          x = index === 0 ? 1 : 1 - (1 - x * (1 - u)) * Math.exp((-gap * 0.5) / recovery);
          u = U + u * (1 - U) * left;
          expect(Math.abs(synapses.arrive(0, step) / 2 ** 15 - u * x)).toBeLessThan(1e-4);
        }
      }),
    );
  });

  it('begins with the utilisation and depresses under a fast train', () => {
    const synapses = new ShortTermSynapses(
      compileShortTerm({ utilisation: 0.5, recoveryMilliseconds: 800, facilitationMilliseconds: 0 }, 1),
      1,
    );
    const train = [10, 20, 30, 40].map((step) => synapses.arrive(0, step) / 2 ** 15);
    expect(train[0]).toBeCloseTo(0.5, 4);
    expect(train).toEqual(train.toSorted((a, b) => b - a));
    expect(train[3]!).toBeLessThan(0.1);
  });
});
