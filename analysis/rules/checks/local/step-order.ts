// How the error of a simulation falls with its step; analysis process.
import { slope } from '../../base/vectors.ts';
import { type Measurement, near } from '../check.ts';

/** What a check says whose measure is `isOfFirstOrder`. */
export const firstOrder = {
  title: 'Halving the step halves the distance from the solution without steps',
  source: 'Test G7',
  gate: 'slope 1 ± 0.15',
} as const;

/**
 * Whether the logarithm of the error rises by 1 with that of the step, as for a method of first order.
 * @param errorAt distance from the solution without steps, for a step in ms
 */
export function isOfFirstOrder(
  errorAt: (step: number) => number,
  steps: readonly number[] = [1, 0.5, 0.25, 0.125],
): Measurement {
  const order = slope(
    steps.map((step) => Math.log(step)),
    steps.map((step) => Math.log(Math.abs(errorAt(step)))),
  );
  return near(order, 1, 0.15);
}
