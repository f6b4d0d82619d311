// A stimulus as an RHS controller can give it: whole current steps, whole samples, equal charges; pure, runs in the rig thread.
import { wholeUnits } from '../whole-units.ts';
import { RhxError } from './rhx-problem.ts';

export const triggerKeys = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** What is asked for. A single pulse: a device without a lease fires no trains. */
export interface PreparedStimulus {
  /** Native name, such as A-010. */
  readonly channel: string;
  /** F1 to F8. */
  readonly key: (typeof triggerKeys)[number];
  readonly leadingPhase: 'cathodic' | 'anodic';
  readonly firstMicroamps: number;
  readonly firstMicroseconds: number;
  /** 0 is no gap. */
  readonly interphaseMicroseconds: number;
  readonly secondMicroamps: number;
  readonly secondMicroseconds: number;
}

/** What the controller will do: never more current or time than was asked. */
export interface QuantisedStimulus extends PreparedStimulus {
  readonly firstSteps: number;
  readonly secondSteps: number;
  readonly firstSamples: number;
  readonly gapSamples: number;
  readonly secondSamples: number;
  /** Of each phase, nC. */
  readonly chargeNanocoulombs: number;
}

/** The chip has 8 bits. RHX takes any amplitude up to 2550 µA in silence. */
export const stepsMax = 255;
export const durationMaxMicroseconds = 5000;

function unitsOf(what: string, value: number, unit: number, unitWords: string): number {
  const units = wholeUnits(value, unit);
  if (units === undefined) throw new RhxError('stimulus-out-of-range', `${what} of ${value} is less than ${unitWords}`);
  return units;
}

/**
 * Rounds down to steps and samples, and checks what RHX does not.
 * @param stepMicroamps of the controller @param sampleRateHz whose period is the grid of all durations
 * @throws RhxError when it does not fit, or the phases are not of equal charge to the last step and sample
 */
export function quantise(stimulus: PreparedStimulus, stepMicroamps: number, sampleRateHz: number): QuantisedStimulus {
  const sampleMicroseconds = 1e6 / sampleRateHz;
  const { firstMicroamps, firstMicroseconds, interphaseMicroseconds, secondMicroamps, secondMicroseconds } = stimulus;
  const step = `one step of ${stepMicroamps} µA`;
  const sample = `one sample of ${sampleMicroseconds.toFixed(3)} µs`;
  const firstSteps = unitsOf('an amplitude', firstMicroamps, stepMicroamps, step);
  const secondSteps = unitsOf('an amplitude', secondMicroamps, stepMicroamps, step);
  const firstSamples = unitsOf('a duration', firstMicroseconds, sampleMicroseconds, sample);
  const secondSamples = unitsOf('a duration', secondMicroseconds, sampleMicroseconds, sample);
  const gapSamples =
    interphaseMicroseconds === 0 ? 0 : unitsOf('an interphase gap', interphaseMicroseconds, sampleMicroseconds, sample);
  if (Math.max(firstSteps, secondSteps) > stepsMax)
    throw new RhxError(
      'stimulus-out-of-range',
      `${Math.max(firstMicroamps, secondMicroamps)} µA is above ${stepsMax} steps of ${stepMicroamps} µA, which the chip cannot give`,
    );
  if (Math.max(firstMicroseconds, secondMicroseconds, interphaseMicroseconds) > durationMaxMicroseconds)
    throw new RhxError('stimulus-out-of-range', `a duration is above ${durationMaxMicroseconds} µs`);
  const [first, second] = [firstSteps * firstSamples, secondSteps * secondSamples];
  if (first !== second)
    throw new RhxError(
      'stimulus-unbalanced',
      `the first phase is ${firstSteps} steps × ${firstSamples} samples = ${first}, the second ${secondSteps} × ${secondSamples} = ${second}`,
    );
  return {
    ...stimulus,
    firstMicroamps: firstSteps * stepMicroamps,
    secondMicroamps: secondSteps * stepMicroamps,
    firstMicroseconds: firstSamples * sampleMicroseconds,
    secondMicroseconds: secondSamples * sampleMicroseconds,
    interphaseMicroseconds: gapSamples * sampleMicroseconds,
    firstSteps,
    secondSteps,
    firstSamples,
    gapSamples,
    secondSamples,
    chargeNanocoulombs: (first * stepMicroamps * 1000) / sampleRateHz,
  };
}
