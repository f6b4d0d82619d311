// Decides on a pulse and its moment again by other means, for the properties of the decision: whole numbers of any size.
import type { RefusalCode } from '../../../common/contract/refusals.ts';
import type { ElectrodeInForce } from '../../../common/limits/limits-in-force.ts';
import {
  injectionDeratingPermille,
  injectionLimitFemtocoulombsPerSquareMicrometre,
} from '../../../common/limits/materials.ts';
import type { Snapshot } from './snapshot.ts';
import type { StimulusRequest } from './stimulus-request.ts';

/** 'none': each limit to the ns and fC. 'buckets': as much more as the code's buckets of time and its rounding of Shannon's root may refuse. */
export type Leeway = 'none' | 'buckets';

/** Whether Q² ≤ A·10^(k + 10), with Q in fC, A in µm² and k in thousandths. */
export function isWithinShannon(femtocoulombs: bigint, areaSquareMicrometres: number, milli: number): boolean {
  // Both sides to the thousandth power, less the common factor of the exponents.
  const exponent = milli + 10_000;
  const factors = [1000, 500, 250, 200, 125, 100, 50, 40, 25, 20, 10, 8, 5, 4, 2, 1];
  const factor = factors.find((each) => exponent % each === 0)!;
  const power = BigInt(1000 / factor);
  return femtocoulombs ** (2n * power) <= BigInt(areaSquareMicrometres) ** power * 10n ** BigInt(exponent / factor);
}

/** Whether a charge is within each rule for the electrode. */
function chargeRules(own: ElectrodeInForce, leeway: Leeway): Partial<Record<RefusalCode, (charge: bigint) => boolean>> {
  const { limits, geometry } = own;
  if (geometry === undefined) return { 'geometry-unknown': () => false };
  const { areaSquareMicrometres, material, measuredInjectionLimit } = geometry;
  const area = BigInt(areaSquareMicrometres);
  const inVitro = injectionLimitFemtocoulombsPerSquareMicrometre[material];
  const reversible =
    measuredInjectionLimit === undefined
      ? BigInt(inVitro * injectionDeratingPermille)
      : BigInt(Math.min(measuredInjectionLimit, inVitro)) * 1000n;
  return {
    'charge-per-phase': (charge) => charge <= BigInt(limits.chargePerPhaseMaxFemtocoulombs),
    'charge-density': (charge) => charge <= BigInt(limits.chargeDensityMaxFemtocoulombsPerSquareMicrometre) * area,
    shannon: (charge) =>
      isWithinShannon(charge + (leeway === 'none' ? 0n : 1n), areaSquareMicrometres, limits.shannonMaxMilli),
    'injection-limit': (charge) => charge * 1000n <= reversible * area,
  };
}

export const isWithinAllRules = (own: ElectrodeInForce, charge: bigint, leeway: Leeway) =>
  Object.values(chargeRules(own, leeway)).every((isWithin) => isWithin(charge));

/** Whether a charge uses more than so many ‰ of the tightest rule. */
function isNearRules(own: ElectrodeInForce, charge: bigint, permille: bigint, leeway: Leeway): boolean {
  if (permille === 0n) return charge > 0n;
  const enlarged = (charge * 1000n + permille - 1n) / permille;
  return !isWithinAllRules(own, enlarged, leeway);
}

/** A number that a pulse can be made of, judged by how it is written. */
const isWritten = (value: number) => /^\d+$/.test(String(value)) && 1 / value > 0 && BigInt(value) < 2n ** 53n;

export function isMadeOfNumbers(request: StimulusRequest): boolean {
  const { electrode, amplitudeNanoamps, phaseMicroseconds, interphaseMicroseconds, leadingPhase } = request;
  const numbers = [electrode, amplitudeNanoamps, phaseMicroseconds, interphaseMicroseconds];
  return numbers.every(isWritten) && ['cathodic', 'anodic'].includes(leadingPhase);
}

/** A finite number × 2^1074: whole, nothing is lost. */
export function exactly(value: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const exponent = (word >> 52n) & 0x7ffn;
  const fraction = word & 0xf_ffff_ffff_ffffn;
  const size = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return word >> 63n === 1n ? -size : size;
}

/** Whether `later` is at most `most` after `earlier`, to the last bit of `most`; what is not known is not. */
function isWithin(later: number, earlier: number, most: number): boolean {
  if (Number.isNaN(later) || Number.isNaN(earlier) || later === Infinity || earlier === -Infinity) return false;
  if (later === -Infinity || earlier === Infinity) return true;
  return exactly(later) - exactly(earlier) <= exactly(most) + (exactly(most) >> 52n);
}

/** Whether current × impedance is at most its part of the compliance voltage, to the last bit. */
function isWithinCompliance(nanoamps: number, ohms: number, millivolts: number, permille: number): boolean {
  if (!(ohms >= 0 && ohms < Infinity) || Number.isNaN(millivolts) || millivolts === -Infinity) return false;
  if (millivolts === Infinity) return true;
  const most = exactly(millivolts) * BigInt(1000 * permille);
  return BigInt(nanoamps) * exactly(ohms) <= most + (most >> 50n);
}

/** Limits of state and pulse that a request breaks, whatever was given before. */
export function brokenByPulse(
  request: StimulusRequest,
  snapshot: Omit<Snapshot, 'dose'>,
  leeway: Leeway,
): RefusalCode[] {
  const { limits, state, origin } = { ...snapshot, ...request };
  const isOperator = origin === 'operator';
  const isReady = state === 'stimulating' || (isOperator && state === 'armed');
  if (!isReady || snapshot.isTripped || !(snapshot.confirmedSession > 0)) return ['not-armed'];
  if (!isOperator && !snapshot.doesPhaseStimulate) return ['phase-without-stimulation'];
  if (!isMadeOfNumbers(request)) return ['not-finite'];
  const own = limits.electrodes.get(request.electrode);
  if (own === undefined) return ['electrode-not-covered'];
  const [current, phase] = [BigInt(request.amplitudeNanoamps), BigInt(request.phaseMicroseconds)];
  const charge = current * phase;
  const rules = chargeRules(own, leeway);
  const permille = BigInt(limits.timing.holdToRunAbovePermille);
  const isNear =
    current * 1000n > permille * BigInt(own.limits.amplitudeMaxNanoamps) || isNearRules(own, charge, permille, leeway);
  const broken: Partial<Record<RefusalCode, boolean>> = {
    amplitude: current < 1n || current > BigInt(own.limits.amplitudeMaxNanoamps),
    'phase-duration':
      phase < BigInt(own.limits.phaseMinMicroseconds) || phase > BigInt(own.limits.phaseMaxMicroseconds),
    'interphase-gap': BigInt(request.interphaseMicroseconds) > BigInt(own.limits.interphaseMaxMicroseconds),
    'hold-to-run': isNear && !(snapshot.nowNs - snapshot.heldNs <= 2_000_000_000),
  };
  for (const [code, isWithin] of Object.entries(rules)) broken[code as RefusalCode] = !isWithin(charge);
  return (Object.keys(broken) as RefusalCode[]).filter((code) => broken[code]);
}

/** What is too old or not heard, and a voltage that is too high, at a well-formed request of an allowed electrode. */
export function brokenByMoment(request: StimulusRequest, snapshot: Omit<Snapshot, 'dose'>): RefusalCode[] {
  const { limits, nowNs, acquiredNs, heardNs, presentNs, complianceMillivolts } = snapshot;
  const { complianceUseMaxPermille } = limits.electrodes.get(request.electrode)!.limits;
  const { dataAgeMaxMicroseconds, beatMaxMilliseconds, presenceMaxSeconds } = limits.timing;
  const ohms = snapshot.impedanceOhms(request.electrode);
  const isDatable = isWithin(acquiredNs, nowNs, 0) && isWithin(nowNs, acquiredNs, dataAgeMaxMicroseconds * 1000);
  const isByHand = request.origin === 'operator';
  const broken: Partial<Record<RefusalCode, boolean>> = {
    'without-lease': snapshot.capability === 'L1' && !isByHand,
    'dead-man': snapshot.capability === 'L1' && isByHand && !isWithin(nowNs, snapshot.heldNs, 1_000_000_000),
    compliance: !isWithinCompliance(request.amplitudeNanoamps, ohms, complianceMillivolts, complianceUseMaxPermille),
    late: !isDatable || !isWithin(nowNs, acquiredNs, 20_000_000),
    'device-not-heard': !isWithin(nowNs, heardNs, beatMaxMilliseconds * 1_000_000),
    'operator-absent': !isWithin(nowNs, presentNs, presenceMaxSeconds * 1_000_000_000),
  };
  return (Object.keys(broken) as RefusalCode[]).filter((code) => broken[code]);
}
