// The rise of the simulation's stimuli at the beginning of each phase that stimulates; used in every process.

/** Where a ramp begins, as a part of the full amplitude. */
export const rampStart = 0.1;
export const longestRampSeconds = 600;

/**
 * Amplitude of a stimulus while the experiment's ramp lasts: it rises linearly from a tenth to all of it. A sudden beginning at full
 * amplitude can provoke after-discharges.
 * @param fullNanoamps amplitude of the stimulus as the experiment gives it, whole nA from 1 on.
 * @param elapsedSeconds since the phase began that stimulates; a number that is none counts as its beginning.
 * @param rampSeconds `rampSeconds` of the experiment, s; 0: no ramp.
 * @returns whole nA from 1 to `fullNanoamps`, rounded down.
 */
export function rampedNanoamps(fullNanoamps: number, elapsedSeconds: number, rampSeconds: number): number {
  if (rampSeconds === 0 || elapsedSeconds >= rampSeconds) return fullNanoamps;
  const risen = elapsedSeconds > 0 ? elapsedSeconds / rampSeconds : 0;
  // The millionth takes up what binary fractions lose.
  return Math.max(1, Math.floor(fullNanoamps * (rampStart + (1 - rampStart) * risen) + 1e-6));
}
