// A pulse as a serial stimulator can give it: two phases, equal in amplitude and duration and opposite in sign, in the device's whole steps; pure.
import { wholeUnits } from '../whole-units.ts';

/** What is asked for. A single pulse: a device without a lease fires no trains. Equal phases: what a device adds to each cancels out. */
export interface SerialPulse {
  /** Output of the device, from 1. */
  readonly channel: number;
  readonly leadingPhase: 'cathodic' | 'anodic';
  /** Magnitude of each phase. */
  readonly amplitudeMicroamps: number;
  /** Duration of each phase. */
  readonly phaseMicroseconds: number;
  /** 0 is no gap. */
  readonly interphaseMicroseconds: number;
}

/** What the device will do: never more current or time than was asked. */
export interface ExactPulse extends SerialPulse {
  /** The amplitude, in steps of the device. */
  readonly steps: number;
  /** Of each phase, nC. */
  readonly chargeNanocoulombs: number;
}

/** What a device can do. */
export interface PulseRange {
  /** Outputs. */
  readonly channels: number;
  readonly stepMicroamps: number;
  readonly stepsMin: number;
  /** Why not fewer, for people. */
  readonly stepsMinReason: string;
  readonly stepsMax: number;
  /** Grid of all durations. */
  readonly gridMicroseconds: number;
  /** Shortest phase and shortest gap. */
  readonly phaseMicrosecondsMin: number;
}

export const serialRefusalCodes = [
  'stimulus-out-of-range',
  /** Nothing is prepared on this channel. */
  'not-prepared',
  /** The dead-man is not held, or the last pulse was too short a time ago. */
  'without-lease',
  /** Too long ago to be trusted what the device holds. */
  'not-read-back',
  /** The moment after which the pulse must not begin is over. */
  'expired',
] as const;
export type SerialRefusalCode = (typeof serialRefusalCodes)[number];

export interface SerialRefusal {
  readonly code: SerialRefusalCode;
  readonly message: string;
}

/** Of each phase and of the gap; charge that waits longer for its reversal does not all come back. */
export const durationMaxMicroseconds = 5000;

const outOfRange = (message: string): SerialRefusal => ({ code: 'stimulus-out-of-range', message });

/** Rounds down to steps and grid. @returns the pulse, or why the device cannot give it */
export function exactPulse(pulse: SerialPulse, range: PulseRange): ExactPulse | SerialRefusal {
  const { channel, amplitudeMicroamps, phaseMicroseconds, interphaseMicroseconds } = pulse;
  const { stepMicroamps, gridMicroseconds, phaseMicrosecondsMin } = range;
  if (!(Number.isInteger(channel) && channel >= 1 && channel <= range.channels))
    return outOfRange(`there is no channel ${channel}: choose 1 to ${range.channels}`);
  const steps = wholeUnits(amplitudeMicroamps, stepMicroamps) ?? 0;
  const inMicroamps = (count: number) => `${Number((count * stepMicroamps).toPrecision(6))} µA`;
  if (steps < range.stepsMin)
    return outOfRange(
      `an amplitude of ${amplitudeMicroamps} µA is less than ${inMicroamps(range.stepsMin)}: ${range.stepsMinReason}`,
    );
  if (steps > range.stepsMax)
    return outOfRange(
      `an amplitude of ${amplitudeMicroamps} µA is above ${inMicroamps(range.stepsMax)}, the most that the device can give`,
    );
  const onGrid = (microseconds: number) => (wholeUnits(microseconds, gridMicroseconds) ?? 0) * gridMicroseconds;
  const isDuration = (microseconds: number) =>
    microseconds >= phaseMicrosecondsMin && microseconds <= durationMaxMicroseconds;
  const [phase, gap] = [onGrid(phaseMicroseconds), onGrid(interphaseMicroseconds)];
  const durations = `the device gives ${phaseMicrosecondsMin} to ${durationMaxMicroseconds} µs`;
  if (!isDuration(phase)) return outOfRange(`a phase of ${phaseMicroseconds} µs is not possible: ${durations}`);
  if (interphaseMicroseconds !== 0 && !isDuration(gap))
    return outOfRange(`an interphase gap of ${interphaseMicroseconds} µs is not possible: ${durations}, or none`);
  return {
    ...pulse,
    amplitudeMicroamps: steps * stepMicroamps,
    phaseMicroseconds: phase,
    interphaseMicroseconds: gap,
    steps,
    chargeNanocoulombs: (steps * stepMicroamps * phase) / 1000,
  };
}
