// Small configurations for tests and benchmarks of the simulation; no process of the application runs it.
import { networkModelSchema } from '../common/experiment/network-model.ts';
import type { SimulationConfiguration } from '../common/simulation-protocol/configuration.ts';

/** As in a file: what has a default may be left out. */
type NetworkParts = Partial<(typeof networkModelSchema)['_input']>;

/** @returns a configuration with the given parts of a network and defaults for the others: one population, no synapses. */
export function configurationOf(
  parts: NetworkParts,
  rest: Partial<Omit<SimulationConfiguration, 'network'>> = {},
): SimulationConfiguration {
  const network = networkModelSchema.parse({
    exocortex: 'network-model/1',
    title: 'Example',
    populations: [{ name: 'all', neurons: 10, model: 'lif' }],
    projections: [],
    inputs: [{ to: parts.populations?.[0]?.name ?? 'all', neuronsPerElectrode: 1, weightMillivolts: 0 }],
    readouts: [],
    ...parts,
  });
  return { network, ownRules: [], stimuli: [], seed: 1, channels: 16, tickMilliseconds: 1, ...rest };
}
