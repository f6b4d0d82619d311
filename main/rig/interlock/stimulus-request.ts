// What the interlock is asked: one biphasic current pulse, by whom and on which data. Rig thread.
import type { RequestOrigin } from '../../../common/journal/records.ts';

/** Physical numbers as they came from outside; nothing in it is trusted. */
export interface StimulusRequest {
  /** Number of the request in this session. */
  readonly request: number;
  /** Tick whose data led to it. */
  readonly tick: number;
  readonly origin: RequestOrigin;
  readonly electrode: number;
  readonly amplitudeNanoamps: number;
  /** Both phases have this duration and opposite currents: the pulse is balanced by its form. */
  readonly phaseMicroseconds: number;
  readonly interphaseMicroseconds: number;
  readonly leadingPhase: 'cathodic' | 'anodic';
  /** Index of the readout that asks; 0xffff when it is not the simulation. */
  readonly readout: number;
}
