// The decision on a request for stimulation: one pure, total function, and the only maker of permits. Rig thread; knows no clock and no device.
import { deadManMaxMilliseconds, mayCloseTheLoop } from '../../../common/contract/devices.ts';
import { type Refusal, refuse } from '../../../common/contract/refusals.ts';
import type { LimitsInForce } from '../../../common/limits/limits-in-force.ts';
import { checkDose } from './check-dose.ts';
import { checkCompliance, checkPulse, isWellFormed, pulseUsePermille } from './check-pulse.ts';
import { issuePermit, type Permit } from './permit.ts';
import type { Snapshot } from './snapshot.ts';
import type { StimulusRequest } from './stimulus-request.ts';

/** A permit is never good for longer than this after its data, whatever the limits say: what is stale is dangerous. */
const expiryMaxNs = 20e6;
/** How long holding the presence control counts after it was last seen held. */
const heldForNs = 2e9;

/** How old the data may be at the decision, and at the pulse. */
const dataAgeMaxNs = ({ timing }: LimitsInForce) => Math.min(timing.dataAgeMaxMicroseconds * 1000, expiryMaxNs);

const isLive = (state: Snapshot['state']) => state === 'armed' || state === 'stimulating';

/** Is stimulation possible at all now? */
function checkState({ origin }: StimulusRequest, snapshot: Snapshot): Refusal | undefined {
  const { state, isTripped, confirmedSession, doesPhaseStimulate } = snapshot;
  // The operator's test pulse is possible before the run; nothing else is.
  const mayStimulate = origin === 'operator' ? isLive(state) : state === 'stimulating';
  if (!(mayStimulate && !isTripped && confirmedSession > 0)) return refuse('not-armed');
  if (!(origin === 'operator' || doesPhaseStimulate)) return refuse('phase-without-stimulation');
  return undefined;
}

/** Without a lease nothing ends a loop when this program is gone: only a hand that is on the dead-man now gives a pulse. */
function checkHand({ origin }: StimulusRequest, { capability, nowNs, heldNs }: Snapshot): Refusal | undefined {
  if (mayCloseTheLoop(capability)) return undefined;
  if (origin !== 'operator') return refuse('without-lease');
  const unheldMs = (nowNs - heldNs) / 1e6;
  return unheldMs <= deadManMaxMilliseconds ? undefined : refuse('dead-man', unheldMs, deadManMaxMilliseconds);
}

/** Is what the decision rests on fresh, and is somebody there? What is missing or stale counts as bad. */
function checkFreshness({ nowNs, acquiredNs, heardNs, presentNs, limits }: Snapshot): Refusal | undefined {
  const { beatMaxMilliseconds, presenceMaxSeconds } = limits.timing;
  const ageNs = nowNs - acquiredNs;
  const ageMaxNs = dataAgeMaxNs(limits);
  if (!(ageNs >= 0 && ageNs <= ageMaxNs)) return refuse('late', ageNs / 1e6, ageMaxNs / 1e6);
  const unheardNs = nowNs - heardNs;
  if (!(unheardNs <= beatMaxMilliseconds * 1e6))
    return refuse('device-not-heard', unheardNs / 1e6, beatMaxMilliseconds);
  const absentNs = nowNs - presentNs;
  if (!(absentNs <= presenceMaxSeconds * 1e9)) return refuse('operator-absent', absentNs / 1e9, presenceMaxSeconds);
  return undefined;
}

/**
 * Decides on a request. Total: every input is answered, nothing throws, nothing in the request is changed.
 * @returns a permit, good for one pulse, or the first limit that does not hold with its value and bound.
 */
export function decide(request: StimulusRequest, snapshot: Snapshot): Permit | Refusal {
  const { limits, nowNs, acquiredNs, heldNs } = snapshot;
  const refusedState = checkState(request, snapshot);
  if (refusedState !== undefined) return refusedState;
  if (!isWellFormed(request)) return refuse('not-finite');
  const own = limits.electrodes.get(request.electrode);
  if (own === undefined) return refuse('electrode-not-covered', request.electrode, 0);
  const impedanceOhms = snapshot.impedanceOhms(request.electrode);
  const refused =
    checkPulse(request, own) ??
    checkCompliance(request, impedanceOhms, snapshot.complianceMillivolts, own) ??
    checkFreshness(snapshot) ??
    checkHand(request, snapshot);
  if (refused !== undefined) return refused;
  const usePermille = pulseUsePermille(request, own);
  if (!(usePermille <= limits.timing.holdToRunAbovePermille || nowNs - heldNs <= heldForNs))
    return refuse('hold-to-run', usePermille / 10, limits.timing.holdToRunAbovePermille / 10);
  const refusedDose = checkDose(request, own, snapshot);
  if (refusedDose !== undefined) return refusedDose;
  return issuePermit(request, snapshot.sequence, snapshot.confirmedSession, acquiredNs + dataAgeMaxNs(limits));
}
