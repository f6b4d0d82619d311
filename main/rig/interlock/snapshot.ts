// Everything that a decision is taken on, at one moment. Rig thread; types.
import type { CapabilityClass } from '../../../common/contract/devices.ts';
import type { InterlockState } from '../../../common/contract/interlock-states.ts';
import type { LimitsInForce } from '../../../common/limits/limits-in-force.ts';
import type { Dose } from './dose.ts';

/** What the decision asks the dose; it notes nothing there. */
export type DoseView = Pick<
  Dose,
  'historyOf' | 'allAt' | 'concurrencyAt' | 'picojoulesAt' | 'sessionPulses' | 'total' | 'isNextReserved'
>;

/** Host times in monotonic ns; −Infinity for what has never happened. */
export interface Snapshot {
  readonly state: InterlockState;
  /** Whether a cause is latched. */
  readonly isTripped: boolean;
  /** Device session that the stimulator has confirmed as armed; 0: none. */
  readonly confirmedSession: number;
  /** Number that the next pulse gets. */
  readonly sequence: number;
  /** Whether the protocol's phase lets the simulation and the schedule stimulate. */
  readonly doesPhaseStimulate: boolean;
  readonly limits: LimitsInForce;
  readonly dose: DoseView;
  readonly nowNs: number;
  /** When the newest sample behind the request was acquired. */
  readonly acquiredNs: number;
  /** When the stimulator was last heard. */
  readonly heardNs: number;
  /** Last sign of the operator, and when the presence control was last held. */
  readonly presentNs: number;
  readonly heldNs: number;
  /** Of an electrode at 1 kHz as the stimulator measured it at arming, Ω; NaN: not known. */
  readonly impedanceOhms: (electrode: number) => number;
  /** Of the stimulator. */
  readonly complianceMillivolts: number;
  readonly capability: CapabilityClass;
}
