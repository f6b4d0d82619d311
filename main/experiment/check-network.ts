// Checks what the schema of a network model cannot see: names, sizes and weights that must fit each other; used by the main process.
import {
  type NetworkModel,
  type Population,
  type Projection,
  synapsesMax,
} from '../../common/experiment/network-model.ts';
import { checkNamesDiffer, checkReference, type FileContent, namesOf } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';
import type { Path } from './source-tree.ts';
import { isWholeMultiple } from './whole-multiple.ts';

export function checkNetwork(network: FileContent<NetworkModel>, problems: ProblemList): void {
  const { value, tree } = network;
  for (const [list, kind] of [
    ['populations', 'population'],
    ['projections', 'projection'],
    ['readouts', 'readout'],
  ] as const) {
    checkNamesDiffer(value[list], kind, (index) => tree.placeAt([list, index, 'name']), problems);
  }
  for (const index of value.populations?.keys() ?? []) checkPopulation(network, index, problems);
  for (const index of value.projections?.keys() ?? []) checkProjection(network, index, problems);
  checkSize(network, problems);
  for (const index of value.inputs?.keys() ?? []) checkInput(network, index, problems);
  for (const index of value.readouts?.keys() ?? []) checkReadout(network, index, problems);
}

export function populationOf(
  network: Salvaged<NetworkModel>,
  name: string | undefined,
): Salvaged<Population> | undefined {
  return network.populations?.find((population) => population?.name !== undefined && population.name === name);
}

function checkPopulationName(
  network: FileContent<NetworkModel>,
  path: Path,
  name: string | undefined,
  problems: ProblemList,
): void {
  checkReference(network, path, name, namesOf(network.value.populations), 'population', problems);
}

/** A population that takes what arrives. */
function checkReceiver(
  network: FileContent<NetworkModel>,
  path: Path,
  name: string | undefined,
  problems: ProblemList,
): void {
  checkPopulationName(network, path, name, problems);
  if (populationOf(network.value, name)?.model !== 'poisson') return;
  problems.error(
    network.tree.placeAt(path),
    `Nothing acts on ${name}: its neurons fire by chance`,
    'Name a population of another model',
  );
}

function checkPopulation({ value, tree }: FileContent<NetworkModel>, index: number, problems: ProblemList): void {
  const population = value.populations?.[index];
  if (population === undefined || !('resetMillivolts' in population)) return;
  const { resetMillivolts: reset, thresholdMillivolts: threshold } = population;
  if (reset === undefined || threshold === undefined || reset < threshold) return;
  const place = tree.placeAt(['populations', index, 'resetMillivolts']);
  problems.error(
    place,
    `The reset potential of ${reset} mV is not below the threshold of ${threshold} mV: the neurons would fire without end`,
    `Choose resetMillivolts below ${threshold}`,
  );
}

function checkProjection(network: FileContent<NetworkModel>, index: number, problems: ProblemList): void {
  const projection = network.value.projections?.[index];
  if (projection === undefined) return;
  const at = (...path: string[]) => network.tree.placeAt(['projections', index, ...path]);
  checkPopulationName(network, ['projections', index, 'from'], projection.from, problems);
  checkReceiver(network, ['projections', index, 'to'], projection.to, problems);
  const { delayMilliseconds: delay, weightMillivolts: weight, plasticity } = projection;
  const step = network.value.stepMilliseconds;
  if (delay !== undefined && step !== undefined && !isWholeMultiple(delay, step)) {
    problems.warning(
      at('delayMilliseconds'),
      `A delay of ${delay} ms is not a whole number of integration steps of ${step} ms and will be rounded`,
      `Choose a multiple of ${step}`,
    );
  }
  if (plasticity === undefined || weight === undefined) return;
  if (weight < 0) {
    problems.error(
      at('weightMillivolts'),
      `The plastic weight of ${weight} mV is inhibitory, and the learning rule keeps weights at or above 0`,
      'Choose a weight of 0 or above, or remove plasticity',
    );
  }
  const most = plasticity.maximumWeightMillivolts;
  if (most !== undefined && weight > most) {
    problems.error(
      at('weightMillivolts'),
      `The initial weight of ${weight} mV is above the largest weight of the learning rule, ${most} mV`,
      `Choose weightMillivolts from 0 to ${most}, or raise maximumWeightMillivolts`,
    );
  }
}

function checkSize(network: FileContent<NetworkModel>, problems: ProblemList): void {
  let synapses = 0;
  for (const [index, projection] of (network.value.projections ?? []).entries()) {
    synapses += (projection && expectedSynapses(network.value, projection)) ?? 0;
    if (synapses <= synapsesMax) continue;
    problems.error(
      network.tree.placeAt(['projections', index, 'connectionProbability']),
      `With this projection the network has about ${Math.round(synapses)} synapses, more than ${synapsesMax}`,
      'Lower connection probabilities or numbers of neurons',
    );
    return;
  }
}

/** Mean number of synapses that the connection probability gives; neurons do not connect to themselves. */
export function expectedSynapses(
  network: Salvaged<NetworkModel>,
  projection: Salvaged<Projection>,
): number | undefined {
  const { from, to, connectionProbability } = projection;
  const senders = populationOf(network, from)?.neurons;
  const receivers = populationOf(network, to)?.neurons;
  if (senders === undefined || receivers === undefined || connectionProbability === undefined) return undefined;
  return senders * (from === to ? receivers - 1 : receivers) * connectionProbability;
}

function checkInput(network: FileContent<NetworkModel>, index: number, problems: ProblemList): void {
  const input = network.value.inputs?.[index];
  checkReceiver(network, ['inputs', index, 'to'], input?.to, problems);
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
