import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connections } from '../../common/experiment/network/connections.ts';
import { expectedSynapses } from '../../common/experiment/network/expected-synapses.ts';
import { positionsOn } from '../../common/experiment/network/sheet.ts';
import { drawPairs, type Shape } from './draw-pairs.ts';

const sheetOf = (neurons: number) => ({ neurons, widthMicrometres: 1000, heightMicrometres: 500 });

function shapeOf(connections: Connections, senders: number, receivers: number, isRecurrent = false, seed = 1): Shape {
  const [senderSheet, receiverSheet] = [sheetOf(senders), sheetOf(receivers)];
  return { seed, index: 0, connections, senders, receivers, isRecurrent, senderSheet, receiverSheet };
}

function pairsOf(shape: Shape): [number, number][] {
  const pairs: [number, number][] = [];
  drawPairs(shape, (sender, receiver) => pairs.push([sender, receiver]));
  return pairs;
}

const countsOf = (pairs: [number, number][], side: 0 | 1, neurons: number) => {
  const counts = new Array<number>(neurons).fill(0);
  for (const pair of pairs) counts[pair[side]]!++;
  return counts;
};

const anyConnections: fc.Arbitrary<Connections> = fc.oneof(
  fc.record({
    kind: fc.constant('random' as const),
    probability: fc.double({ min: 0, max: 0.99, noNaN: true }),
    mayRepeat: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('in-degree' as const), synapses: fc.nat(6), mayRepeat: fc.boolean() }),
  fc.record({ kind: fc.constant('out-degree' as const), synapses: fc.nat(6), mayRepeat: fc.boolean() }),
  fc.constant({ kind: 'one-to-one' as const }),
  fc.record({
    kind: fc.constant('distance' as const),
    profile: fc.constantFrom('gaussian' as const, 'exponential' as const),
    peakProbability: fc.double({ min: 0, max: 1, noNaN: true }),
    lengthMicrometres: fc.double({ min: 10, max: 2000, noNaN: true }),
  }),
);

describe('connections of any kind', () => {
  it('stay inside both populations, never descend in a row, and are the same each time they are drawn', () => {
    const sizes = fc.integer({ min: 8, max: 30 });
    fc.assert(
      fc.property(
        anyConnections,
        sizes,
        sizes,
        fc.boolean(),
        fc.nat(),
        (connections, senders, others, isRecurrent, seed) => {
          const receivers = isRecurrent ? senders : others;
          const shape = shapeOf(connections, senders, receivers, isRecurrent, seed);
          const pairs = pairsOf(shape);
          expect(pairsOf(shape)).toEqual(pairs);
          const last = new Array<number>(senders).fill(-1);
          for (const [sender, receiver] of pairs) {
            expect(sender < senders && receiver < receivers).toBe(true);
            expect(receiver).toBeGreaterThanOrEqual(last[sender]!);
            if (isRecurrent && connections.kind !== 'one-to-one') expect(receiver).not.toBe(sender);
            last[sender] = receiver;
          }
          if ('mayRepeat' in connections && !connections.mayRepeat)
            expect(new Set(pairs.map(String)).size).toBe(pairs.length);
        },
      ),
    );
  });

  it('are as many as expected', () => {
    for (const connections of [
      { kind: 'random', probability: 0.05, mayRepeat: false },
      { kind: 'random', probability: 0.3, mayRepeat: true },
      { kind: 'in-degree', synapses: 20, mayRepeat: false },
      { kind: 'out-degree', synapses: 20, mayRepeat: true },
      { kind: 'one-to-one' },
      { kind: 'distance', profile: 'gaussian', peakProbability: 0.5, lengthMicrometres: 100 },
      { kind: 'distance', profile: 'exponential', peakProbability: 0.5, lengthMicrometres: 100 },
    ] as const) {
      const shape = shapeOf(connections, 400, 400, connections.kind !== 'one-to-one');
      const expected = expectedSynapses(connections, shape);
      expect(Math.abs(pairsOf(shape).length - expected)).toBeLessThan(5 * Math.sqrt(expected) + 0.02 * expected);
    }
  });
});

describe('random connections with repeats', () => {
  it('connect a pair with their probability, and connected pairs by a Poisson number of synapses', () => {
    const pairs = pairsOf(shapeOf({ kind: 'random', probability: 0.4, mayRepeat: true }, 200, 200));
    const counts = new Array<number>(200 * 200).fill(0);
    for (const [sender, receiver] of pairs) counts[200 * sender + receiver]!++;
    const mean = -Math.log(0.6);
    for (const [number, share] of [0.6, 0.6 * mean, (0.6 * mean ** 2) / 2, (0.6 * mean ** 3) / 6].entries()) {
      const found = counts.filter((count) => count === number).length;
      expect(Math.abs(found - 40_000 * share)).toBeLessThan(4 * Math.sqrt(40_000 * share));
    }
  });
});

describe('a fixed degree', () => {
  it('gives every receiver, or every sender, as many synapses, spread evenly over the others', () => {
    for (const kind of ['in-degree', 'out-degree'] as const) {
      const pairs = pairsOf(shapeOf({ kind, synapses: 30, mayRepeat: false }, 300, 300, true));
      const [fixed, free] = kind === 'in-degree' ? ([1, 0] as const) : ([0, 1] as const);
      expect(new Set(countsOf(pairs, fixed, 300))).toEqual(new Set([30]));
      const counts = countsOf(pairs, free, 300);
      const variance = counts.reduce((sum, count) => sum + (count - 30) ** 2, 0) / 300;
      // Binomial: 30 × (1 − 30/299), with a relative standard error of 8 %.
      expect(Math.abs(variance / 27 - 1)).toBeLessThan(0.33);
    }
  });

  it('connects to everybody when there are no more others', () => {
    const pairs = pairsOf(shapeOf({ kind: 'in-degree', synapses: 9, mayRepeat: false }, 10, 10, true));
    expect(new Set(pairs.map(String)).size).toBe(90);
  });
});

describe('connections by distance', () => {
  it('become rarer with it as their profile says', () => {
    const lengthMicrometres = 150;
    for (const profile of ['gaussian', 'exponential'] as const) {
      const shape = shapeOf({ kind: 'distance', profile, peakProbability: 0.8, lengthMicrometres }, 800, 800, true);
      const positions = positionsOn(sheetOf(800));
      const distance = (one: number, other: number) =>
        Math.hypot(positions[2 * one]! - positions[2 * other]!, positions[2 * one + 1]! - positions[2 * other + 1]!);
      const [drawn, all, wanted] = [new Float64Array(5), new Float64Array(5), new Float64Array(5)];
      for (const [sender, receiver] of pairsOf(shape)) {
        const bin = Math.floor(distance(sender, receiver) / 100);
        if (bin < 5) drawn[bin]!++;
      }
      for (let one = 0; one < 800; one++) {
        for (let other = 0; other < 800; other++) {
          const lengths = distance(one, other) / lengthMicrometres;
          const bin = Math.floor(distance(one, other) / 100);
          if (one === other || bin >= 5) continue;
          all[bin]!++;
          wanted[bin]! += 0.8 * Math.exp(profile === 'gaussian' ? -(lengths ** 2) / 2 : -lengths);
        }
      }
      for (const [bin, count] of drawn.entries())
        expect(Math.abs(count - wanted[bin]!)).toBeLessThan(4 * Math.sqrt(wanted[bin]!) + 1);
    }
  });
});

describe('a list', () => {
  it('gives each synapse of the list, sorted, and says which entry it was', () => {
    const synapses = [
      { sender: 2, receiver: 3, weightFactor: 1 },
      { sender: 0, receiver: 1, weightFactor: 1 },
      { sender: 2, receiver: 0, weightFactor: 1 },
      { sender: 2, receiver: 3, weightFactor: 1 },
    ];
    const visited: number[][] = [];
    drawPairs(shapeOf({ kind: 'list', synapses }, 4, 4), (...all) => visited.push(all));
    expect(visited).toEqual([
      [2, 0, 2],
      [0, 1, 1],
      [2, 3, 0],
      [2, 3, 3],
    ]);
  });
});
