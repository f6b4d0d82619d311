// An experiment's stimuli in physical words, each with how much of its limits it uses. Main process; pure.
import type { ExperimentDetails } from '../../common/contract/commands.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { physicalWords } from '../../common/experiment/physical-words.ts';
import { limitsOf } from '../../common/limits/limits-of.ts';
import { chargeBoundFemtocoulombs, nanoampsOf } from './charge-rules.ts';

/** One entry per stimulus, in the file's order, against the limits that the files put in force. */
export function describeStimuli(checked: CheckedExperiment): ExperimentDetails['stimuli'] {
  const { electrodes } = limitsOf(checked, undefined, []);
  return checked.experiment.stimuli.map((stimulus) => {
    const { name, electrode, amplitudeMicroamps, phaseMicroseconds } = stimulus;
    const own = electrodes.get(electrode);
    const limitUse =
      own === undefined
        ? []
        : [
            {
              limit: 'amplitude',
              value: amplitudeMicroamps,
              bound: own.limits.amplitudeMaxNanoamps / 1000,
              unit: 'µA',
            },
            {
              limit: 'charge per phase',
              value: (nanoampsOf(amplitudeMicroamps) * phaseMicroseconds) / 1e6,
              bound: chargeBoundFemtocoulombs(own) / 1e6,
              unit: 'nC',
            },
            { limit: 'phase', value: phaseMicroseconds, bound: own.limits.phaseMaxMicroseconds, unit: 'µs' },
          ];
    return { name, electrode, words: physicalWords(stimulus), limitUse };
  });
}
