// Checks that the potentials of a neuron model fit each other; used by the main process.
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';

/** Potentials of these models are computed within this distance of rest. */
const conductanceRangeMillivolts = 128;

export function checkPopulation(
  { value, tree }: FileContent<NetworkModel>,
  index: number,
  problems: ProblemList,
): void {
  const population = value.populations?.[index];
  if (population === undefined) return;
  const place = (key: string) => tree.placeAt(['populations', index, key]);
  if ('resetMillivolts' in population && 'thresholdMillivolts' in population) {
    const isAdex = population.model === 'adex';
    const [reset, end] = [
      population.resetMillivolts,
      isAdex ? population.peakMillivolts : population.thresholdMillivolts,
    ];
    if (reset !== undefined && end !== undefined && reset >= end) {
      problems.error(
        place('resetMillivolts'),
        `The reset potential of ${reset} mV is not below the ${isAdex ? 'peak' : 'threshold'} of ${end} mV: the neurons would fire without end`,
        `Choose resetMillivolts below ${end}`,
      );
    }
  }
  if (population.model === 'adex') {
    const { thresholdMillivolts: threshold, peakMillivolts: peak } = population;
    if (threshold !== undefined && peak !== undefined && peak <= threshold) {
      problems.error(
        place('peakMillivolts'),
        `The peak of ${peak} mV is not above the threshold of ${threshold} mV`,
        `Choose peakMillivolts above ${threshold}`,
      );
    }
  }
  if (population.model !== 'lif-conductance' || population.restMillivolts === undefined) return;
  for (const key of ['excitatoryReversalMillivolts', 'inhibitoryReversalMillivolts', 'thresholdMillivolts'] as const) {
    const [potential, rest] = [population[key], population.restMillivolts];
    if (potential === undefined || Math.abs(potential - rest) < conductanceRangeMillivolts) continue;
    problems.error(
      place(key),
      `${potential} mV is ${Math.abs(potential - rest)} mV from the resting potential of ${rest} mV; less than ${conductanceRangeMillivolts} mV fit`,
      `Choose ${key} nearer to ${rest}`,
    );
  }
}
