// One pulse against the fixed limits of its electrode: amplitude, times, charge, voltage. Rig thread; pure and total, comparisons in accept form so that NaN refuses.
import { type Refusal, refuse } from '../../../common/contract/refusals.ts';
import type { ElectrodeInForce } from '../../../common/limits/limits-in-force.ts';
import type { StimulusRequest } from './stimulus-request.ts';

const microamps = (nanoamps: number) => nanoamps / 1000;
const nanocoulombs = (femtocoulombs: number) => femtocoulombs / 1e6;

/** A whole number from 0 on; negative zero is none. */
function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);
}

/** Whether every number of a request is one. */
export function isWellFormed(request: StimulusRequest): boolean {
  return (
    isWhole(request.electrode) &&
    isWhole(request.amplitudeNanoamps) &&
    isWhole(request.phaseMicroseconds) &&
    isWhole(request.interphaseMicroseconds) &&
    (request.leadingPhase === 'cathodic' || request.leadingPhase === 'anodic')
  );
}

/** Charge of each phase, fC: nA × µs. */
export function chargeFemtocoulombs({ amplitudeNanoamps, phaseMicroseconds }: StimulusRequest): number {
  return amplitudeNanoamps * phaseMicroseconds;
}

/** How long the pulse keeps the electrode: two phases and the gap between them. */
export function pulseMicroseconds({ phaseMicroseconds, interphaseMicroseconds }: StimulusRequest): number {
  return 2 * phaseMicroseconds + interphaseMicroseconds;
}

/** The least charge of a phase that any rule allows on the electrode, fC. */
export function chargeBoundFemtocoulombs(own: ElectrodeInForce): number {
  return Math.min(
    own.limits.chargePerPhaseMaxFemtocoulombs,
    own.densityMaxFemtocoulombs,
    own.shannonMaxFemtocoulombs,
    own.injectionMaxFemtocoulombs,
  );
}

/** Use of the tightest fixed limit, ‰. */
export function pulseUsePermille(request: StimulusRequest, own: ElectrodeInForce): number {
  const amplitude = (1000 * request.amplitudeNanoamps) / own.limits.amplitudeMaxNanoamps;
  return Math.max(amplitude, (1000 * chargeFemtocoulombs(request)) / chargeBoundFemtocoulombs(own));
}

function checkTimes({ phaseMicroseconds, interphaseMicroseconds }: StimulusRequest, { limits }: ElectrodeInForce) {
  if (!(phaseMicroseconds >= limits.phaseMinMicroseconds))
    return refuse('phase-duration', phaseMicroseconds, limits.phaseMinMicroseconds);
  if (!(phaseMicroseconds <= limits.phaseMaxMicroseconds))
    return refuse('phase-duration', phaseMicroseconds, limits.phaseMaxMicroseconds);
  if (!(interphaseMicroseconds <= limits.interphaseMaxMicroseconds))
    return refuse('interphase-gap', interphaseMicroseconds, limits.interphaseMaxMicroseconds);
  return undefined;
}

function checkCharge(charge: number, own: ElectrodeInForce): Refusal | undefined {
  const { chargePerPhaseMaxFemtocoulombs: most } = own.limits;
  if (!(charge <= most)) return refuse('charge-per-phase', nanocoulombs(charge), nanocoulombs(most));
  if (!(charge <= own.densityMaxFemtocoulombs))
    return refuse('charge-density', nanocoulombs(charge), nanocoulombs(own.densityMaxFemtocoulombs));
  if (!(charge <= own.shannonMaxFemtocoulombs))
    return refuse('shannon', nanocoulombs(charge), nanocoulombs(own.shannonMaxFemtocoulombs));
  if (!(charge <= own.injectionMaxFemtocoulombs))
    return refuse('injection-limit', nanocoulombs(charge), nanocoulombs(own.injectionMaxFemtocoulombs));
  return undefined;
}

/** @returns the first fixed limit that does not hold, or undefined when all hold. */
export function checkPulse(request: StimulusRequest, own: ElectrodeInForce): Refusal | undefined {
  if (own.geometry === undefined) return refuse('geometry-unknown', request.electrode, 0);
  const { amplitudeNanoamps } = request;
  const { amplitudeMaxNanoamps } = own.limits;
  if (!(amplitudeNanoamps > 0 && amplitudeNanoamps <= amplitudeMaxNanoamps))
    return refuse('amplitude', microamps(amplitudeNanoamps), microamps(amplitudeMaxNanoamps));
  return checkTimes(request, own) ?? checkCharge(chargeFemtocoulombs(request), own);
}

/**
 * Voltage over the electrode against the part of the compliance voltage that is allowed; nA × Ω = nV.
 * @param impedanceOhms at 1 kHz; NaN, not known, refuses, and so does what no electrode has: less than nothing.
 */
export function checkCompliance(
  { amplitudeNanoamps }: StimulusRequest,
  impedanceOhms: number,
  complianceMillivolts: number,
  { limits }: ElectrodeInForce,
): Refusal | undefined {
  const nanovolts = amplitudeNanoamps * impedanceOhms;
  const bound = complianceMillivolts * 1000 * limits.complianceUseMaxPermille;
  return nanovolts >= 0 && nanovolts <= bound ? undefined : refuse('compliance', nanovolts / 1e9, bound / 1e9);
}
