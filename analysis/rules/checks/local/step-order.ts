// How the error of a simulation falls with its step; analysis process.
import { slope } from '../../base/vectors.ts';

/**
 * @param errorAt distance from the solution without steps, for a step in ms
 * @returns the slope of the logarithm of the error over that of the step: 1 for a method of first order.
 */
export function stepOrder(errorAt: (step: number) => number, steps: readonly number[] = [1, 0.5, 0.25, 0.125]): number {
  return slope(
    steps.map((step) => Math.log(step)),
    steps.map((step) => Math.log(Math.abs(errorAt(step)))),
  );
}
