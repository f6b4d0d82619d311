// What the parts of a network model refer to each other by; used by the main process.
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import { type Population, weightUnitOf } from '../../common/experiment/network/population.ts';
import { checkReference, type FileContent, namesOf } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';
import type { Path } from './source-tree.ts';

export function populationOf(
  network: Salvaged<NetworkModel>,
  name: string | undefined,
): Salvaged<Population> | undefined {
  return network.populations?.find((population) => population?.name !== undefined && population.name === name);
}

export function checkPopulationName(
  network: FileContent<NetworkModel>,
  path: Path,
  name: string | undefined,
  problems: ProblemList,
): void {
  checkReference(network, path, name, namesOf(network.value.populations), 'population', problems);
}

/** A population that takes what arrives. */
export function checkReceiver(
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

interface InUnits {
  millivolts: { key: string; value: number | undefined };
  nanosiemens: { key: string; value: number | undefined };
}

/** Of a pair of keys exactly the one that the receiving population takes. @param path of the mapping that has them */
export function checkUnit(
  network: FileContent<NetworkModel>,
  path: Path,
  to: string | undefined,
  { millivolts, nanosiemens }: InUnits,
  problems: ProblemList,
): void {
  const model = populationOf(network.value, to)?.model;
  if (model === undefined) return;
  const [right, wrong] = weightUnitOf(model) === 'nS' ? [nanosiemens, millivolts] : [millivolts, nanosiemens];
  const takes = model === 'lif-conductance' ? 'conductances' : 'currents';
  if (wrong.value !== undefined) {
    problems.error(
      network.tree.placeAt([...path, wrong.key]),
      `The neurons of ${to} take ${takes}, which ${wrong.key} does not say`,
      `Replace ${wrong.key} by ${right.key}`,
    );
  } else if (right.value === undefined && !network.tree.hasKey([...path, right.key])) {
    // A value that is there and wrong has been reported.
    problems.error(network.tree.placeAt(path), `${right.key} is missing`, `Add ${right.key}`);
  }
}
