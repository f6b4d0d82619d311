// The limits themselves: does one request stay inside all of them? Rig thread; pure and total, comparisons in accept form so that NaN refuses.
import { type Refusal, refuse } from '../../../common/contract/refusals.ts';
import type { Dose } from './dose.ts';
import type { FrozenLimits } from './limits.ts';
import type { StimulusRequest } from './stimulus-request.ts';

/** How long the pulse keeps the electrode: two phases and the gap between them. */
export function pulseMicroseconds(request: StimulusRequest): number {
  return 2 * request.phaseMicroseconds + request.interphaseMicroseconds;
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/**
 * Checks amplitude, durations, charge, rates and dose.
 * @param ageNs age of the newest sample behind the request.
 * @returns the first limit that does not hold, or undefined when all hold.
 */
export function checkRequest(
  request: StimulusRequest,
  limits: FrozenLimits,
  dose: Dose,
  nowNs: number,
  ageNs: number,
): Refusal | undefined {
  const { electrode, amplitudeNanoamps, phaseMicroseconds, interphaseMicroseconds } = request;
  if (!(
    isWhole(electrode) &&
    isWhole(amplitudeNanoamps) &&
    isWhole(phaseMicroseconds) &&
    isWhole(interphaseMicroseconds)
  )) {
    return refuse('not-finite', 0, 0);
  }
  const own = limits.electrodes.get(electrode);
  if (own === undefined) return refuse('electrode-not-covered', electrode, 0);
  if (!(amplitudeNanoamps <= own.amplitudeMaxNanoamps))
    return refuse('amplitude', amplitudeNanoamps / 1000, own.amplitudeMaxNanoamps / 1000);
  if (!(phaseMicroseconds >= own.phaseMinMicroseconds))
    return refuse('phase-duration', phaseMicroseconds, own.phaseMinMicroseconds);
  if (!(phaseMicroseconds <= own.phaseMaxMicroseconds))
    return refuse('phase-duration', phaseMicroseconds, own.phaseMaxMicroseconds);
  if (!(interphaseMicroseconds <= own.interphaseMaxMicroseconds))
    return refuse('interphase-gap', interphaseMicroseconds, own.interphaseMaxMicroseconds);
  const chargeFemtocoulombs = amplitudeNanoamps * phaseMicroseconds;
  if (!(chargeFemtocoulombs <= own.chargeMaxFemtocoulombs))
    return refuse('charge-per-phase', chargeFemtocoulombs / 1e6, own.chargeMaxFemtocoulombs / 1e6);
  if (!(ageNs >= 0 && ageNs <= limits.dataAgeMaxNs)) return refuse('late', ageNs / 1e6, limits.dataAgeMaxNs / 1e6);
  const electrodeDose = dose.electrodeAt(electrode, nowNs);
  if (!(nowNs >= electrodeDose.busyUntilNs))
    return refuse('electrode-busy', (electrodeDose.busyUntilNs - nowNs) / 1000, 0);
  if (!(electrodeDose.count < electrodeDose.pulses))
    return refuse('electrode-rate', ((electrodeDose.count + 1) * 1e9) / electrodeDose.windowNs, own.rateMaxHz);
  const all = dose.allAt(nowNs);
  if (!(all < dose.allPulses)) return refuse('total-rate', ((all + 1) * 1e9) / dose.allWindowNs, limits.totalRateMaxHz);
  if (!(dose.sessionPulses < limits.pulsesPerSessionMax))
    return refuse('session-dose', dose.sessionPulses + 1, limits.pulsesPerSessionMax);
  return undefined;
}
