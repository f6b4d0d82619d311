import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneRule, weightUnitOf } from '../../learning/one-rule.fixture.ts';
import type { SynapseRows } from '../../network/compiled-network.ts';
import { RandomSequence } from '../../network/random.ts';
import { SpikeList } from '../../spike-list.ts';
import { PlasticSynapses } from './plastic-synapses.ts';

const stdp = {
  rule: 'pair-stdp',
  potentiationTimeConstantMilliseconds: 17,
  depressionTimeConstantMilliseconds: 34,
  potentiationFraction: 0.001,
  depressionFraction: 0.0012,
  maximumWeightMillivolts: 10,
};
const stepMilliseconds = 0.5;
const rule = oneRule(stdp, stepMilliseconds);
const unit = weightUnitOf(rule);
const potential = new Int32Array(0);
/** It learns. */
const signals = Int32Array.of(1);

/** All senders connected to all receivers. */
function dense(senders: number, receivers: number, weight: number): SynapseRows {
  return {
    rowStart: Uint32Array.from({ length: senders + 1 }, (_, sender) => sender * receivers),
    targets: Uint32Array.from({ length: senders * receivers }, (_, synapse) => synapse % receivers),
    weights: new Int32Array(senders * receivers).fill(weight * unit),
  };
}

function listOf(neurons: readonly number[]): SpikeList {
  const list = new SpikeList();
  for (const neuron of neurons) list.add(neuron);
  return list;
}

/** Change of one synapse when its sender's spikes arrive and its receiver fires in the given steps. */
function changeAfter(arrivals: readonly number[], firings: readonly number[], start = 5): number {
  const synapses = new PlasticSynapses(
    'learning',
    rule,
    dense(1, 1, start),
    { receivers: 1, potential },
    stepMilliseconds,
  );
  for (let step = 0; step <= Math.max(0, ...arrivals, ...firings); step++) {
    synapses.step(step, listOf(arrivals.includes(step) ? [0] : []), listOf(firings.includes(step) ? [0] : []), signals);
  }
  return synapses.weights[0]! / unit - start;
}

/** A trace decays by factors of 15 bits: a pair is right to that part of its change. */
const rounding = 0.012 / 2 ** 15;

/** The rule as a sum over all pairs. */
function window(milliseconds: number): number {
  if (milliseconds > 0) return 0.01 * Math.exp(-milliseconds / 17);
  if (milliseconds < 0) return -0.012 * Math.exp(milliseconds / 34);
  return 0;
}

describe('pair STDP', () => {
  it('has the exponential window, to within 15 bits of its height, from −80 to 80 ms', () => {
    for (let steps = -160; steps <= 160; steps++) {
      expect(Math.abs(changeAfter([200], [200 + steps]) - window(steps * stepMilliseconds))).toBeLessThan(rounding);
    }
  });

  it('adds up over all pairs of spikes', () => {
    const train = fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { maxLength: 30 });
    fc.assert(
      fc.property(train, train, (arrivals, firings) => {
        const expected = arrivals.flatMap((arrival) =>
          firings.map((firing) => window((firing - arrival) * stepMilliseconds)),
        );
        const sum = expected.reduce((sum, change) => sum + change, 0);
        const events = arrivals.length + firings.length;
        expect(Math.abs(changeAfter(arrivals, firings) - sum)).toBeLessThan(rounding * Math.max(1, events));
      }),
    );
  });

  it('drifts under independent Poisson trains as its window predicts (Kempter, Gerstner & van Hemmen 1999)', () => {
    const [senders, receivers, steps, chance] = [40, 40, 10_000, 0.02];
    const synapses = new PlasticSynapses(
      'learning',
      oneRule(stdp, 1),
      dense(senders, receivers, 5),
      { receivers, potential },
      1,
    );
    const random = new RandomSequence(1);
    const draw = (neurons: number) =>
      listOf(Array.from({ length: neurons }, (_, index) => index).filter(() => random.uniform() <= chance));
    for (let step = 0; step < steps; step++) synapses.step(step, draw(senders), draw(receivers), signals);
    const pairs = (tau: number) => Math.exp(-1 / tau) / (1 - Math.exp(-1 / tau));
    const expected = steps * chance ** 2 * (0.01 * pairs(17) - 0.012 * pairs(34));
    const changes = Array.from({ length: senders }, (_, sender) => {
      const row = synapses.weights.subarray(sender * receivers, (sender + 1) * receivers);
      return row.reduce((sum, weight) => sum + weight, 0) / unit / receivers - 5;
    });
    const mean = changes.reduce((sum, change) => sum + change, 0) / senders;
    const standardError = Math.sqrt(
      changes.reduce((sum, change) => sum + (change - mean) ** 2, 0) / (senders - 1) / senders,
    );
    expect(standardError).toBeLessThan(0.05 * Math.abs(expected));
    expect(Math.abs(mean - expected)).toBeLessThan(4 * standardError);
  });

  it('keeps every weight inside its bounds and its sum up to date, whatever happens', () => {
    const neurons = fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 5 });
    const steps = fc.array(fc.tuple(neurons, neurons), { maxLength: 150 });
    const amplitude = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(steps, amplitude, amplitude, fc.double({ min: 0, max: 10, noNaN: true }), (list, up, down, start) => {
        const strong = oneRule({ ...stdp, potentiationFraction: up, depressionFraction: down }, stepMilliseconds);
        const rows = dense(5, 5, Math.round(start * unit) / unit);
        const synapses = new PlasticSynapses('learning', strong, rows, { receivers: 5, potential }, stepMilliseconds);
        for (const [step, [arrived, fired]] of list.entries()) {
          synapses.step(step, listOf(arrived), listOf(fired), signals);
          expect(synapses.weights.every((weight) => weight >= 0 && weight <= 10 * unit)).toBe(true);
        }
        synapses.survey.survey(0, synapses.weights);
        expect(synapses.survey.total()).toBe(synapses.weights.reduce((sum, weight) => sum + weight, 0));
      }),
    );
  });

  it('leaves the rows it was given as they are', () => {
    const rows = dense(1, 1, 5);
    const synapses = new PlasticSynapses('learning', rule, rows, { receivers: 1, potential }, stepMilliseconds);
    synapses.step(0, listOf([]), listOf([0]), signals);
    synapses.step(1, listOf([0]), listOf([]), signals);
    expect(synapses.weights[0]).toBeLessThan(5 * unit);
    expect(rows.weights[0]).toBe(5 * unit);
  });

  it('reports a trace that has become as large as it can be', () => {
    const synapses = new PlasticSynapses(
      'learning',
      oneRule(stdp, 0.001),
      dense(1, 1, 1),
      { receivers: 1, potential },
      0.001,
    );
    const flood = () => {
      for (let step = 0; step < 600; step++) synapses.step(step, listOf([]), listOf([0]), signals);
    };
    expect(flood).toThrow("A trace of neuron 0 in projection 'learning' is as large as it can become in step");
  });
});
