// Everything that can happen to the interlock, with the time at which it happened. Rig thread; types.
import type { Fault, FaultCode } from '../../../common/contract/faults.ts';

type Happening =
  /** First control of arming. `limitsHash`: of the limits that are frozen by it. */
  | { kind: 'arm-requested'; limitsHash: string }
  | { kind: 'checks-passed' }
  | { kind: 'checks-failed' }
  /** Second control of arming. `session`: the fresh device session; `limitsHash`: of the limits as they are now. */
  | { kind: 'arm-confirmed'; session: number; limitsHash: string; heldMilliseconds: number }
  | { kind: 'arm-cancelled' }
  /** A recorded run begins; the recorder has taken its first record and the device has confirmed the session, or not. */
  | { kind: 'run-started'; isRecorded: boolean; isConfirmed: boolean }
  | { kind: 'run-ended' }
  /** Anybody, at any time. */
  | { kind: 'stop' }
  | { kind: 'fault'; fault: Fault }
  /** A latched condition is still there. */
  | { kind: 'fault-persists' }
  /** Limits, journal or the interlock itself are not what they were. */
  | { kind: 'integrity-lost'; fault: Fault }
  /** What the device says. `isDry`: its relay is open, nothing reaches an electrode. */
  | { kind: 'device-heard'; isOutputOn: boolean; isDry: boolean; burnedSession: number }
  /** After a trip: the output was measured off, no pulse began after the bound, the record of it is kept; or not. */
  | { kind: 'trip-checked'; isPassed: boolean }
  /** The operator names the cause. */
  | { kind: 'acknowledge'; cause: FaultCode }
  | { kind: 'reset' }
  /** Time passes. */
  | { kind: 'time' };

/** Host monotonic ns. */
export type InterlockEvent = Happening & { readonly nowNs: number };
export type InterlockEventKind = Happening['kind'];
