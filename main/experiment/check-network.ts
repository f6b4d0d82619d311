// Checks what the schema of a network model cannot see: names, sizes and weights that must fit each other; used by the main process.
import { type NetworkModel, synapsesMax } from '../../common/experiment/network-model.ts';
import type { Connections } from '../../common/experiment/network/connections.ts';
import { expectedSynapses } from '../../common/experiment/network/expected-synapses.ts';
import type { Population } from '../../common/experiment/network/population.ts';
import type { Projection } from '../../common/experiment/network/projection.ts';
import { checkPopulation } from './check-population.ts';
import { checkSignal } from './check-signal.ts';
import { checkProjection } from './check-projection.ts';
import { checkNamesDiffer, type FileContent } from './file-content.ts';
import { checkPopulationName, checkReceiver, checkUnit, populationOf } from './network-references.ts';
import type { ReadRule } from './read-rules.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';

/** @param rules the laboratory's own that the network names, each as far as it is right */
export function checkNetwork(
  network: FileContent<NetworkModel>,
  rules: readonly ReadRule[],
  problems: ProblemList,
): void {
  const { value, tree } = network;
  for (const [list, kind] of [
    ['populations', 'population'],
    ['projections', 'projection'],
    ['readouts', 'readout'],
    ['signals', 'signal'],
  ] as const) {
    checkNamesDiffer(value[list], kind, (index) => tree.placeAt([list, index, 'name']), problems);
  }
  for (const index of value.populations?.keys() ?? []) checkPopulation(network, index, problems);
  for (const index of value.projections?.keys() ?? []) checkProjection(network, index, rules, problems);
  checkSize(network, problems);
  for (const index of value.signals?.keys() ?? []) checkSignal(network, index, problems);
  for (const index of value.inputs?.keys() ?? []) checkInput(network, index, problems);
  for (const index of value.readouts?.keys() ?? []) checkReadout(network, index, problems);
}

function checkSize(network: FileContent<NetworkModel>, problems: ProblemList): void {
  let before = 0;
  for (const [index, projection] of (network.value.projections ?? []).entries()) {
    const synapses = before + ((projection && synapsesOf(network.value, projection)) ?? 0);
    if (synapses > synapsesMax) {
      problems.error(
        network.tree.placeAt(['projections', index, 'connections']),
        `With this projection the network has about ${Math.round(synapses)} synapses, more than ${synapsesMax}`,
        `Connect fewer neurons, or have fewer: ${Math.floor(synapsesMax - before)} synapses of this projection would fit`,
      );
      return;
    }
    before = synapses;
  }
}

/** Mean number of synapses of a projection; undefined where the file does not say it. */
export function synapsesOf(network: Salvaged<NetworkModel>, projection: Salvaged<Projection>): number | undefined {
  const { from, to, connections } = projection;
  const [sending, receiving] = [populationOf(network, from), populationOf(network, to)];
  if (sending?.neurons === undefined || receiving?.neurons === undefined || !isWhole(connections)) return undefined;
  return expectedSynapses(connections, {
    senders: sending.neurons,
    receivers: receiving.neurons,
    isRecurrent: from === to,
    senderSheet: sheetOf(sending),
    receiverSheet: sheetOf(receiving),
  });
}

/** Whether everything that decides the number of synapses is there. */
function isWhole(connections: Salvaged<Connections> | undefined): connections is Connections {
  switch (connections?.kind) {
    case 'random':
      return connections.probability !== undefined;
    case 'in-degree':
    case 'out-degree':
    case 'list':
      return connections.synapses !== undefined;
    case 'distance':
      return (
        connections.peakProbability !== undefined &&
        connections.lengthMicrometres !== undefined &&
        connections.profile !== undefined
      );
    case 'one-to-one':
      return true;
    case undefined:
      return false;
  }
}

function sheetOf({ neurons, sheet }: Salvaged<Population>) {
  const [width, height] = [sheet?.widthMicrometres, sheet?.heightMicrometres];
  if (neurons === undefined || width === undefined || height === undefined) return undefined;
  return { neurons, widthMicrometres: width, heightMicrometres: height };
}

function checkInput(network: FileContent<NetworkModel>, index: number, problems: ProblemList): void {
  const input = network.value.inputs?.[index];
  checkReceiver(network, ['inputs', index, 'to'], input?.to, problems);
  const weights = {
    millivolts: { key: 'weightMillivolts', value: input?.weightMillivolts },
    nanosiemens: { key: 'weightNanosiemens', value: input?.weightNanosiemens },
  };
  checkUnit(network, ['inputs', index], input?.to, weights, problems);
  const neurons = populationOf(network.value, input?.to)?.neurons;
  if (neurons === undefined || input?.neuronsPerElectrode === undefined || input.neuronsPerElectrode <= neurons) return;
  const place = network.tree.placeAt(['inputs', index, 'neuronsPerElectrode']);
  problems.error(
    place,
    `Each electrode drives ${input.neuronsPerElectrode} neurons, but ${input.to} has only ${neurons}`,
    `Choose neuronsPerElectrode from 1 to ${neurons}`,
  );
}

function checkReadout(network: FileContent<NetworkModel>, index: number, problems: ProblemList): void {
  const readout = network.value.readouts?.[index];
  checkPopulationName(network, ['readouts', index, 'from'], readout?.from, problems);
  const neurons = populationOf(network.value, readout?.from)?.neurons;
  if (readout?.firstNeuron === undefined || readout.neurons === undefined || neurons === undefined) return;
  const [first, last] = [readout.firstNeuron, readout.firstNeuron + readout.neurons - 1];
  if (last < neurons) return;
  const place = network.tree.placeAt(['readouts', index, first < neurons ? 'neurons' : 'firstNeuron']);
  problems.error(
    place,
    `The readout counts neurons ${first} to ${last}, but the neurons of ${readout.from} are 0 to ${neurons - 1}`,
    first < neurons ? `Choose neurons from 1 to ${neurons - first}` : `Choose firstNeuron from 0 to ${neurons - 1}`,
  );
}
