// The experiment's stimuli as requests: what the self-test and the operator's view measure limits by. Rig thread; pure.
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { stimulusPulse } from '../../common/experiment/stimulus-pulse.ts';
import type { StimulusRequest } from './interlock/stimulus-request.ts';

/** One request for each stimulus, as the operator's test pulse would ask for it. */
export function stimulusRequests({ experiment }: CheckedExperiment): StimulusRequest[] {
  return experiment.stimuli.map((stimulus) => ({
    request: 0,
    tick: 0,
    origin: 'operator',
    readout: 0,
    ...stimulusPulse(stimulus),
  }));
}
