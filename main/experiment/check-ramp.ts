// Checks whether stimuli rise no faster than their electrodes' limits of step and slew allow; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import { longestRampSeconds, rampStart } from '../../common/experiment/ramp.ts';
import type { ElectrodeLimits } from '../../common/limits/electrode-limits.ts';
import { nanoampsOf } from './charge-rules.ts';
import type { FileContent } from './file-content.ts';
import type { LimitsAtHand } from './limits-at-hand.ts';
import type { ProblemList } from './problem-list.ts';

/**
 * The shortest ramp that stays within the limits at whatever distance pulses follow each other, down to that of the given rate.
 * Both the ramp and what the interlock allows are rounded to whole nA, the one up at worst and the other down: a rise of s·t fits into one
 * of v·t when both have room for a whole number between them, (v − s)·t ≥ 1; a step fits when it is a nanoamp larger than the rise.
 * @returns s, rounded up to a tenth; undefined when no ramp does.
 */
export function shortestRampSeconds(fullNanoamps: number, limits: ElectrodeLimits, rateHz: number): number | undefined {
  const { amplitudeMaxNanoamps, amplitudeStepMaxPermille, amplitudeSlewMaxPermillePerSecond } = limits;
  const step = Math.floor((amplitudeMaxNanoamps * amplitudeStepMaxPermille) / 1000);
  if (fullNanoamps <= step) return 0;
  const slew = (amplitudeMaxNanoamps * amplitudeSlewMaxPermillePerSecond) / 1000;
  const steepest = Math.min(slew - rateHz, (step - 1) * rateHz);
  if (!(steepest > 0) || fullNanoamps * rampStart > step) return undefined;
  const seconds = Math.ceil((((1 - rampStart) * fullNanoamps) / steepest) * 10) / 10;
  return seconds <= longestRampSeconds ? seconds : undefined;
}

function plain(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** @param rates highest rate that the readouts ask each electrode for, Hz; the electrode's limit where they do not tell. */
export function checkRamp(
  { value, tree }: FileContent<Experiment>,
  { inForce }: LimitsAtHand,
  rates: ReadonlyMap<number, number>,
  problems: ProblemList,
): void {
  const ramp = value.rampSeconds ?? 0;
  for (const [index, stimulus] of (value.stimuli ?? []).entries()) {
    const { electrode, amplitudeMicroamps: amplitude } = stimulus ?? {};
    const limits = electrode === undefined ? undefined : inForce.electrodes.get(electrode)?.limits;
    if (electrode === undefined || amplitude === undefined || limits === undefined) continue;
    const full = nanoampsOf(amplitude);
    const rateHz = Math.min(rates.get(electrode) ?? Infinity, limits.rateMaxMillihertz / 1000);
    if (full > limits.amplitudeMaxNanoamps || !(rateHz > 0)) continue;
    const shortest = shortestRampSeconds(full, limits, rateHz);
    if (shortest !== undefined && ramp >= shortest) continue;
    const step = (limits.amplitudeMaxNanoamps * limits.amplitudeStepMaxPermille) / 1e6;
    const slew = (limits.amplitudeMaxNanoamps * limits.amplitudeSlewMaxPermillePerSecond) / 1e6;
    const bounds = `electrode ${electrode} may rise by ${step} µA from one pulse to the next and by ${slew} µA per second`;
    if (shortest === undefined) {
      problems.error(
        tree.placeAt(['stimuli', index, 'amplitudeMicroamps']),
        `No ramp leads to ${amplitude} µA at ${plain(rateHz)} pulses per second: ${bounds}`,
        `Choose a lower rate (holdOffMilliseconds), or amplitudeMicroamps up to ${step}`,
      );
    } else if (ramp === 0) {
      problems.error(
        tree.placeAt(['stimuli', index, 'amplitudeMicroamps']),
        `A sudden beginning with ${amplitude} µA is too steep: ${bounds}`,
        `Add rampSeconds: ${shortest} to the experiment, or choose amplitudeMicroamps up to ${step}`,
      );
    } else {
      problems.error(
        tree.placeAt(['rampSeconds']),
        `A ramp of ${ramp} s to ${amplitude} µA is too steep at ${plain(rateHz)} pulses per second: ${bounds}`,
        `Choose rampSeconds from ${shortest} on`,
      );
    }
  }
}
