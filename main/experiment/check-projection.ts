// Checks that a projection fits the populations that it connects; used by the main process.
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import { checkConnections } from './check-connections.ts';
import { checkPlasticity } from './check-plasticity.ts';
import type { FileContent } from './file-content.ts';
import { checkPopulationName, checkReceiver, checkUnit, populationOf } from './network-references.ts';
import type { ReadRule } from './read-rules.ts';
import type { ProblemList } from './problem-list.ts';
import { isWholeMultiple } from './whole-multiple.ts';

/** @param rules the laboratory's own that the network names */
export function checkProjection(
  network: FileContent<NetworkModel>,
  index: number,
  rules: readonly ReadRule[],
  problems: ProblemList,
): void {
  const projection = network.value.projections?.[index];
  if (projection === undefined) return;
  const path = ['projections', index] as const;
  checkPopulationName(network, [...path, 'from'], projection.from, problems);
  checkReceiver(network, [...path, 'to'], projection.to, problems);
  const weights = {
    millivolts: { key: 'weightMillivolts', value: projection.weightMillivolts },
    nanosiemens: { key: 'weightNanosiemens', value: projection.weightNanosiemens },
  };
  checkUnit(network, path, projection.to, weights, problems);
  checkConnections(network, index, problems);
  checkDelay(network, index, problems);
  if (projection.shortTermPlasticity !== undefined && populationOf(network.value, projection.from)?.model === 'rate') {
    problems.error(
      network.tree.placeAt([...path, 'shortTermPlasticity']),
      `The neurons of ${projection.from} send rates, and short-term plasticity needs spikes`,
      'Remove shortTermPlasticity, or let neurons that spike send',
    );
  }
  checkPlasticity(network, index, rules, problems);
}

function checkDelay({ value, tree }: FileContent<NetworkModel>, index: number, problems: ProblemList): void {
  const { delayMilliseconds: delay } = value.projections![index]!;
  const step = value.stepMilliseconds;
  if (delay === undefined || step === undefined || isWholeMultiple(delay, step)) return;
  problems.warning(
    tree.placeAt(['projections', index, 'delayMilliseconds']),
    `A delay of ${delay} ms is not a whole number of integration steps of ${step} ms and will be rounded`,
    `Choose a multiple of ${step}`,
  );
}
