// Messages of the stop-input thread. A stop needs none of them: it goes through shared memory.
import type { StopInputsReport } from '../../../common/contract/stop-inputs.ts';

export type ToStopInputs = { kind: 'end' };

/** At most one in each round of the thread, however often a pedal is pressed. */
export type FromStopInputs = { kind: 'report'; report: StopInputsReport };
