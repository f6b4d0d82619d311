// The pairing experiment by rate and lag, all conditions side by side; analysis process.
import type { RuleParameters } from '../../../../common/learning-rule/apply-rule.ts';
import { runProtocol } from '../../local/spike-times.ts';
import { type FrequencyCondition, sjostromFrequencyData } from './sjostrom-frequency-data.ts';
import { type SpikingImplementation, synapsesOf } from './spiking-implementation.ts';

/** A change of `maximumWeight` times a fraction is a part of the weight before, which is 1. */
const maximumWeight = 10;

/** Sixty pairings without a pause at each rate (Pfister & Gerstner 2006). @returns the relative change in each condition. */
export function pairingChanges(
  subject: SpikingImplementation,
  parameters: RuleParameters,
  conditions: readonly FrequencyCondition[] = sjostromFrequencyData,
): number[] {
  // All times of the protocol are multiples of 5 ms, and decay is exact.
  const step = 5;
  const scaled = Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [key, key.endsWith('Fraction') ? value / maximumWeight : value]),
  );
  const synapses = synapsesOf(subject, { ...scaled, maximumWeight }, conditions.length, step, 1);
  const senders = conditions.map(({ rateHz, lagMilliseconds }) =>
    Array.from({ length: 60 }, (_, pair) => (pair * 1000) / rateHz + Math.max(0, -lagMilliseconds)),
  );
  const receivers = senders.map((times, index) => times.map((time) => time + conditions[index]!.lagMilliseconds));
  const milliseconds = Math.max(...senders.flat(), ...receivers.flat()) + step;
  runProtocol(synapses, { milliseconds, stepMilliseconds: step, arrivals: senders, firings: receivers });
  return Array.from(synapses.weights, (weight) => weight - 1);
}

/** @returns the mean squared distance from the data in standard errors (Pfister & Gerstner 2006). */
export const normalisedError = (
  changes: readonly number[],
  conditions: readonly FrequencyCondition[] = sjostromFrequencyData,
): number =>
  conditions.reduce(
    (sum, { change, standardError }, index) => sum + ((changes[index]! - change) / standardError) ** 2,
    0,
  ) / conditions.length;
