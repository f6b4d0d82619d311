import { describe, expect, it } from 'vitest';
import { spikingRules } from '../../../../../common/experiment/network/plasticity.ts';
import { drivenNetwork, poissonNetwork } from './rule-network.ts';

describe('the networks of the bench', () => {
  it.each(spikingRules)('can be made for $name', (rule) => {
    const size = { neurons: 50, synapsesPerNeuron: 10 };
    const { network, channels } = drivenNetwork(rule, size);
    expect(channels).toBe(50);
    expect(network.projections).toMatchObject([
      { connections: { kind: 'out-degree', synapses: 10 }, plasticity: { rule: rule.name } },
    ]);
    expect(poissonNetwork(rule, size).network.projections[0]?.plasticity).toEqual(network.projections[0]?.plasticity);
  });
});
