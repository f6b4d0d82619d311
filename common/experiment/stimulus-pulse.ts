// A stimulus of an experiment file as the pulse that a device is asked for, in whole nanoamperes; used in every process.
import { type Microseconds, microseconds, type Nanoamps, nanoamps } from '../units/units.ts';
import type { Stimulus } from './experiment.ts';

/** A charge-balanced pulse: both phases have this amplitude and duration, and opposite signs. */
export interface StimulusPulse {
  readonly electrode: number;
  readonly amplitudeNanoamps: Nanoamps;
  readonly phaseMicroseconds: Microseconds;
  readonly interphaseMicroseconds: Microseconds;
  readonly leadingPhase: Stimulus['leadingPhase'];
}

export function stimulusPulse(stimulus: Stimulus): StimulusPulse {
  return {
    electrode: stimulus.electrode,
    amplitudeNanoamps: nanoamps(Math.round(stimulus.amplitudeMicroamps * 1000)),
    phaseMicroseconds: microseconds(stimulus.phaseMicroseconds),
    interphaseMicroseconds: microseconds(stimulus.interphaseMicroseconds),
    leadingPhase: stimulus.leadingPhase,
  };
}
