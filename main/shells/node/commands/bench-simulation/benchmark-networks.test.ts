// The networks that simulators are compared by are those that were published.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectedSynapses } from '../../../../../common/experiment/network/expected-synapses.ts';
import type { NetworkModel } from '../../../../../common/experiment/network-model.ts';
import { loadNetwork } from '../../../../experiment/load-network.ts';
import { type BenchNetwork, benchNetworks } from './bench-context.ts';

const folder = join(import.meta.dirname, '../../../../../experiments/benchmarks');

async function load(name: BenchNetwork): Promise<NetworkModel> {
  const loaded = await loadNetwork(join(folder, name, 'network.yaml'));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return loaded.network;
}

function sizeOf({ populations, projections }: NetworkModel) {
  const neuronsOf = (name: string) => populations.find((each) => each.name === name)!.neurons;
  const synapses = projections.reduce((sum, { from, to, connections }) => {
    const ends = { senders: neuronsOf(from), receivers: neuronsOf(to), isRecurrent: from === to };
    return sum + expectedSynapses(connections, { ...ends, senderSheet: undefined, receiverSheet: undefined });
  }, 0);
  return { neurons: populations.reduce((sum, { neurons }) => sum + neurons, 0), synapses: Math.round(synapses) };
}

/** Depolarisation at the peak of a current of 1 mV, as in `simulation/models/post-synaptic-potential.ts`. */
function peak(synaptic: number, membrane: number): number {
  const ratio = synaptic / membrane;
  return ratio ** (1 / (1 - ratio));
}

describe('the networks of the bench', () => {
  it.each(benchNetworks)('%s is a valid network model', async (name) => {
    expect((await loadNetwork(join(folder, name, 'network.yaml'))).ok).toBe(true);
  });

  it.each([
    ['cuba', 4000, 319_920],
    ['coba', 4000, 319_920],
    ['plastic', 10_000, 10_000_000],
  ] as const)('%s has %i neurons and %i synapses', async (name, neurons, synapses) => {
    expect(sizeOf(await load(name))).toEqual({ neurons, synapses });
  });

  it('the microcircuit has 77,169 neurons and 0.299 billion synapses, as published', async () => {
    const { neurons, synapses } = sizeOf(await load('microcircuit'));
    expect(neurons).toBe(77_169);
    // 298,880,941 are drawn from table 5; neurons have none onto themselves here.
    expect(Math.abs(synapses - 298_880_941)).toBeLessThan(20_000);
  });

  it('the microcircuit follows table 5: probabilities of its text, twice the weight from l4e to l23e, inhibition of −4', async () => {
    const { projections } = await load('microcircuit');
    expect(projections).toHaveLength(55);
    for (const { name, from, connections, weightMillivolts } of projections) {
      const isExcitatory = from.endsWith('e');
      expect(weightMillivolts, name).toBe(name === 'l4e-l23e' ? 0.3 : isExcitatory ? 0.15 : -0.6);
      expect(connections, name).toMatchObject({ kind: 'random', mayRepeat: true });
    }
    const probability = (name: string) => {
      const { connections } = projections.find((each) => each.name === name)!;
      return connections.kind === 'random' ? connections.probability : undefined;
    };
    expect(['l23e-l23e', 'l5i-l5e', 'l6i-l6e', 'l4i-l23i'].map(probability)).toEqual([0.1009, 0.3726, 0.2252, 0.0515]);
  });

  it('the weights of CUBA are the jumps of the published model', async () => {
    for (const { name, weightMillivolts } of (await load('cuba')).projections) {
      const [jump, synaptic] = name.startsWith('excitatory') ? [1.62, 5] : [-9, 10];
      expect(weightMillivolts).toBeCloseTo(jump! * peak(synaptic!, 20), 5);
    }
  });
});
