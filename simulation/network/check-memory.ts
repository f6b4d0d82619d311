// Refuses a network that would not fit before anything of it is built; simulation process.
import type { OwnRule } from '../../common/experiment/checked-experiment.ts';
import { type NetworkModel, synapsesMax } from '../../common/experiment/network-model.ts';
import { endsOf, expectedSynapses } from '../../common/experiment/network/expected-synapses.ts';
import type { Projection } from '../../common/experiment/network/projection.ts';
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import { ruleOf } from '../learning/compile-rule.ts';
import { populationIndex } from './population-index.ts';

/** Bytes of a neuron with everything that a back end keeps of it. */
const neuronBytes = 400;
/** Of a synapse: once as it is drawn and once in the back end; with learning also by receiver, and what it keeps beside its weight. */
const synapseBytes = { fixed: 18, plastic: 50, variable: 4 } as const;

/** @throws SimulationFaultError 'network-too-large', with the projection that goes beyond and how many synapses would fit. */
export function checkMemory(network: NetworkModel, ownRules: readonly OwnRule[], memoryBytes: number): void {
  let bytes = network.populations.reduce((sum, { neurons }) => sum + neurons * neuronBytes, 0);
  let synapses = 0;
  for (const projection of network.projections) {
    const expected = synapsesOf(network, projection);
    const each = bytesOf(projection, ownRules);
    synapses += expected;
    if (synapses > synapsesMax) throw tooLarge(projection, `more than ${synapsesMax} synapses`);
    if (bytes + expected * each > memoryBytes) {
      const gigabytes = (value: number) => (value / 1e9).toFixed(2);
      const fitting = Math.max(0, Math.floor((memoryBytes - bytes) / each));
      throw tooLarge(
        projection,
        `about ${Math.round(synapses)} synapses and needs ${gigabytes(bytes + expected * each)} GB, but this computer has ${gigabytes(memoryBytes)} GB free; ${fitting} synapses of this projection would fit`,
      );
    }
    bytes += expected * each;
  }
}

function bytesOf({ plasticity }: Projection, ownRules: readonly OwnRule[]): number {
  if (plasticity === undefined) return synapseBytes.fixed;
  const variables = Object.keys(ruleOf(plasticity, ownRules).declaration.synapse).length;
  return synapseBytes.plastic + variables * synapseBytes.variable;
}

function synapsesOf(network: NetworkModel, { from, to, connections }: Projection): number {
  const populationOf = (name: string) => network.populations[populationIndex(network, name)]!;
  return expectedSynapses(connections, endsOf(populationOf(from), populationOf(to)));
}

function tooLarge({ name }: Projection, has: string): SimulationFaultError {
  return new SimulationFaultError({
    code: 'network-too-large',
    text: `With projection '${name}' the network has ${has}. Lower its connections or the size of its populations.`,
  });
}
