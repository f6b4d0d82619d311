// The hard ceilings of the virtual stimulator, which hold whatever the computer says; runs in the virtual rig.
import type { DeviceLimits } from '../../common/device-protocol/device-identity.ts';
import type { DeviceRefusalCode } from '../../common/device-protocol/device-outcome.ts';
import type { PulseMessage } from '../../common/device-protocol/messages.ts';

export const virtualLimits: DeviceLimits = {
  amplitudeMaxNanoamps: 100_000,
  chargePerPhaseMaxFemtocoulombs: 20_000_000,
  phaseMaxMicroseconds: 1000,
  interphaseMaxMicroseconds: 100,
  rateMaxHz: 500,
  leaseMaxMilliseconds: 1000,
  complianceMillivolts: 10_000,
  simultaneousElectrodesMax: 16,
  totalRateMaxHz: 3200,
};

/**
 * Integers throughout: nA × µs = fC. Products beyond 2⁵³ are not exact, and refused as too large whatever they seem to cancel out.
 * @returns what is wrong with the pulse's shape, or undefined
 */
export function shapeRefusal(
  pulse: PulseMessage,
  channels: number,
  limits: DeviceLimits,
): DeviceRefusalCode | undefined {
  if (!(pulse.electrode < channels)) return 'no-such-electrode';
  const first = pulse.firstNanoamps * pulse.firstMicroseconds;
  const second = pulse.secondNanoamps * pulse.secondMicroseconds;
  if (!(first + second === 0)) return 'unbalanced';
  const isBetween = (value: number, max: number) => value > 0 && value <= max;
  const largestNanoamps = Math.max(Math.abs(pulse.firstNanoamps), Math.abs(pulse.secondNanoamps));
  if (!isBetween(largestNanoamps, limits.amplitudeMaxNanoamps)) return 'amplitude';
  if (!isBetween(pulse.firstMicroseconds, limits.phaseMaxMicroseconds)) return 'phase';
  if (!isBetween(pulse.secondMicroseconds, limits.phaseMaxMicroseconds)) return 'phase';
  if (!(Math.abs(first) <= limits.chargePerPhaseMaxFemtocoulombs)) return 'charge';
  if (!(pulse.interphaseMicroseconds <= limits.interphaseMaxMicroseconds)) return 'interphase';
  return undefined;
}
