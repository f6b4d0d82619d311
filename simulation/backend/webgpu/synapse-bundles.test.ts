// Bundles hold every synapse that never changes once, with its place, whatever a buffer can hold.
import { describe, expect, it } from 'vitest';
import { configurationOf } from '../../example-configuration.ts';
import { compileNetwork } from '../../network/compile-network.ts';
import { layOut } from './network-layout.ts';
import { bundlesOf, type Sent } from './synapse-bundles.ts';
import { isPutAhead } from './tick-phases.ts';

const connections = { kind: 'random' as const, probability: 0.3 };
const network = compileNetwork(
  configurationOf({
    stepMilliseconds: 0.1,
    populations: [
      { name: 'a', neurons: 70, model: 'lif', inhibitorySynapticTimeConstantMilliseconds: 3 },
      { name: 'means', neurons: 50, model: 'rate', noiseMillivolts: 1 },
      { name: 'b', neurons: 33, model: 'lif' },
    ],
    projections: [
      { name: 'within', from: 'a', to: 'a', connections, weightMillivolts: 1, delaySpreadMilliseconds: 0.3 },
      { name: 'over', from: 'a', to: 'b', connections, weightMillivolts: 2, delayMilliseconds: 2 },
      { name: 'back', from: 'b', to: 'a', connections, weightMillivolts: -1, delayMilliseconds: 0.4 },
      { name: 'far', from: 'b', to: 'a', connections, weightMillivolts: 1, delayMilliseconds: 20 },
      { name: 'mean', from: 'means', to: 'a', connections, weightMillivolts: 1, delayMilliseconds: 0.7 },
      { name: 'more', from: 'means', to: 'b', connections, weightMillivolts: 1, delaySpreadMilliseconds: 0.2 },
    ],
  }),
);
const layout = layOut(network);

/** Sender, place and weight of each synapse, sorted, as the network says. */
function expected(sent: Sent): string[] {
  const { populations, projections } = network;
  return projections
    .filter((projection) => isPutAhead(projection))
    .flatMap(({ from, to, receptor, delaySteps, rowStart, targets, weights }) => {
      const { firstWord, sharesStart } = layout.populations[from]!;
      if ((sharesStart === undefined) !== (sent === 'spikes')) return [];
      const first = layout.populations[to]!.receivedStart + receptor * populations[to]!.model.neurons;
      return [...targets].map((target, synapse) => {
        const sender = (sharesStart ?? 32 * firstWord) + rowStart.findLastIndex((start) => start <= synapse);
        return `${sender} ${delaySteps * layout.receivedWords + first + target} ${weights[synapse]}`;
      });
    })
    .sort();
}

describe.each(['spikes', 'shares'] as const)('bundles of what sends %s', (sent) => {
  it.each([
    [1, 'one for every 32 senders, where a buffer holds less'],
    [1500, 'as few as a buffer allows'],
    [1_000_000, 'one where a buffer holds all'],
  ])('have each synapse once, with %i words in a buffer: %s', (most) => {
    const bundles = [...bundlesOf(network, layout, sent, most)];
    const synapses = bundles.flatMap(({ firstSender, senders, rows, weights }) => {
      expect(firstSender % 32).toBe(0);
      if (senders > 32) expect(rows.length).toBeLessThanOrEqual(most);
      expect(rows.length).toBe(senders + 1 + weights.length);
      return Array.from({ length: senders }, (_, sender) => sender).flatMap((sender) =>
        [...weights.subarray(rows[sender], rows[sender + 1])].map(
          (weight, at) => `${firstSender + sender} ${rows[senders + 1 + rows[sender]! + at]} ${weight}`,
        ),
      );
    });
    expect(synapses.sort()).toEqual(expected(sent));
    const counts = { spikes: [5, 3, 1], shares: [2, 2, 1] }[sent];
    expect(bundles.length).toBe(counts[[1, 1500, 1_000_000].indexOf(most)]);
  });

  it('are none where nothing is sent that way', () => {
    const silent = compileNetwork(configurationOf({ populations: [{ name: 'a', neurons: 3, model: 'lif' }] }));
    expect([...bundlesOf(silent, layOut(silent), sent, 1000)]).toEqual([]);
  });
});
