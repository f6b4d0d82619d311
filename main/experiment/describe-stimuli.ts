// An experiment's stimuli in physical words, each with how much of its limits it uses. Main process and rig thread's words alike; pure.
import type { ExperimentDetails } from '../../common/contract/commands.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { physicalWords } from '../../common/experiment/physical-words.ts';

/** One entry per stimulus, in the file's order. */
export function describeStimuli({ experiment, limits }: CheckedExperiment): ExperimentDetails['stimuli'] {
  return experiment.stimuli.map((stimulus) => {
    const group = limits.electrodeGroups.find(({ electrodes }) => electrodes.includes(stimulus.electrode));
    const limitUse =
      group === undefined
        ? []
        : [
            { limit: 'amplitude', value: stimulus.amplitudeMicroamps, bound: group.amplitudeMaxMicroamps, unit: 'µA' },
            {
              limit: 'charge per phase',
              value: (stimulus.amplitudeMicroamps * stimulus.phaseMicroseconds) / 1000,
              bound: group.chargePerPhaseMaxNanocoulombs,
              unit: 'nC',
            },
            { limit: 'phase', value: stimulus.phaseMicroseconds, bound: group.phaseMaxMicroseconds, unit: 'µs' },
          ];
    return { name: stimulus.name, electrode: stimulus.electrode, words: physicalWords(stimulus), limitUse };
  });
}
