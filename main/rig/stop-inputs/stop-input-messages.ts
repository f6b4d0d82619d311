// Messages of the stop-input thread. A stop needs none of them: it goes through shared memory.
import type { StopInputsReport } from '../../../common/contract/stop-inputs.ts';
import type { MarkTrigger } from '../../../common/journal/session-documents.ts';

export type ToStopInputs = { kind: 'end' };

/** At most one in each round of the thread, however often a pedal is pressed. */
export type FromStopInputs = { kind: 'report'; report: StopInputsReport };

/** Of one trigger input, straight to the rig thread: at most one in each round of the thread. */
export interface TriggerPresses {
  trigger: Omit<MarkTrigger, 'pressedNs'>;
  /** When its reports were heard, host monotonic ns; oldest first. */
  pressedNs: number[];
  /** Presses that were too many to be noted one by one. */
  unmarked: number;
}
