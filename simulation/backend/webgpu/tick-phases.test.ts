// Neurons take as many steps at once as they can without hearing from each other, and no more.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configurationOf } from '../../example-configuration.ts';
import { compileNetwork } from '../../network/compile-network.ts';
import { batchStepsOf, isPutAhead, phasesOfTick } from './tick-phases.ts';

type Projection = Parameters<typeof configurationOf>[0]['projections'] extends readonly (infer P)[] | undefined
  ? Partial<P>
  : never;

/** With steps of 0.1 ms and ticks of 1 ms. */
function networkWith(...projections: Projection[]) {
  const populations = [{ name: 'a', neurons: 20, model: 'lif' as const }];
  const connections = { kind: 'random' as const, probability: 1 };
  return compileNetwork(
    configurationOf({
      stepMilliseconds: 0.1,
      populations,
      projections: projections.map((projection, index) => ({
        ...{ name: `p${index}`, from: 'a', to: 'a', connections, weightMillivolts: 1 },
        ...projection,
      })),
    }),
  );
}

describe('a batch', () => {
  it('has the steps of the shortest delay and the one in which a spike is fired', () => {
    const delays = (...milliseconds: number[]) =>
      batchStepsOf(networkWith(...milliseconds.map((delayMilliseconds) => ({ delayMilliseconds }))));
    expect(delays(0.1)).toBe(2);
    expect(delays(0.4)).toBe(5);
    expect(delays(20, 0.3, 5)).toBe(4);
    expect(batchStepsOf(networkWith({ delayMilliseconds: 0.5, delaySpreadMilliseconds: 0.1 }))).toBeLessThan(6);
  });

  it('ends with the tick', () => {
    expect(batchStepsOf(networkWith({ delayMilliseconds: 0.9 }))).toBe(10);
    expect(batchStepsOf(networkWith({ delayMilliseconds: 50 }))).toBe(10);
    expect(batchStepsOf(networkWith())).toBe(10);
  });

  it('is one step where weights learn, and as long as else where synapses tire', () => {
    const delayMilliseconds = 0.4;
    const plasticity = { rule: 'pair-stdp', maximumWeightMillivolts: 2 };
    expect(batchStepsOf(networkWith({ delayMilliseconds }, { delayMilliseconds, plasticity }))).toBe(1);
    const shortTermPlasticity = { utilisation: 0.5, recoveryMilliseconds: 100, facilitationMilliseconds: 0 };
    expect(batchStepsOf(networkWith({ delayMilliseconds, shortTermPlasticity }))).toBe(5);
  });
});

describe('the spikes of a projection', () => {
  it('are put where they will arrive, but where they tire, learn, or are long on their way', () => {
    const isPut = (projection: Projection) => networkWith(projection).projections.map(isPutAhead);
    expect(isPut({ delayMilliseconds: 12.7 })).toEqual([true]);
    expect(isPut({ delayMilliseconds: 12.8 })).toEqual([false]);
    expect(isPut({ plasticity: { rule: 'pair-stdp', maximumWeightMillivolts: 2 } })).toEqual([false]);
    const shortTermPlasticity = { utilisation: 0.5, recoveryMilliseconds: 100, facilitationMilliseconds: 0 };
    expect(isPut({ shortTermPlasticity })).toEqual([false]);
  });
});

describe('the phases of a tick', () => {
  const written = (...tick: Parameters<typeof phasesOfTick>) =>
    phasesOfTick(...tick).map(({ kind, firstStep, steps }) => `${kind} ${firstStep}+${steps}`);

  it('are batches and, before each, what arrives for it', () => {
    expect(written(10, 2, false)).toEqual(['advance 0+2', 'advance 2+2', 'advance 4+2', 'advance 6+2', 'advance 8+2']);
    expect(written(10, 4, false)).toEqual(['advance 0+4', 'advance 4+4', 'advance 8+2']);
    expect(written(3, 1, true)).toEqual([
      ...['advance 0+1', 'arrive 0+1', 'advance 1+1', 'arrive 1+1', 'advance 2+1', 'arrive 2+1'],
    ]);
    expect(written(5, 3, true)).toEqual(['arrive 0+2', 'advance 0+3', 'arrive 2+2', 'advance 3+2', 'arrive 4+1']);
    expect(written(10, 10, true)).toEqual(['arrive 0+9', 'advance 0+10', 'arrive 9+1']);
  });

  it('compute every step once, in order: neurons after all that arrives before, what arrives after its senders', () => {
    const someSteps = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(someSteps, someSteps, fc.boolean(), (stepsPerTick, longest, doesArrive) => {
        const batchSteps = Math.min(stepsPerTick, longest);
        const next = { advance: 0, arrive: 0 };
        for (const { kind, firstStep, steps } of phasesOfTick(stepsPerTick, batchSteps, doesArrive)) {
          expect(firstStep).toBe(next[kind]);
          expect(steps).toBeGreaterThan(0);
          expect(steps).toBeLessThanOrEqual(batchSteps);
          next[kind] += steps;
          if (doesArrive && kind === 'advance') expect(next.arrive).toBe(next.advance - 1);
          // The shortest delay is a step less than a batch.
          if (kind === 'arrive') expect(next.arrive - 1 - (batchSteps - 1)).toBeLessThan(next.advance);
        }
        expect(next).toEqual({ advance: stepsPerTick, arrive: doesArrive ? stepsPerTick : 0 });
      }),
    );
  });
});
