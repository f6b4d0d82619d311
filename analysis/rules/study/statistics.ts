// Means over seeds, their standard errors and confidence intervals; analysis process.
import type { Spread } from '../../../common/rule-study/study-results.ts';
import { mean, standardError } from '../base/vectors.ts';

export const numbersOf = (values: readonly (number | null | undefined)[]): number[] =>
  values.filter((value) => typeof value === 'number');

/** Of the seeds that have a number. */
export function spreadOf(values: readonly (number | null | undefined)[]): Spread {
  const numbers = numbersOf(values);
  if (numbers.length === 0) return { mean: null, standardError: null };
  return { mean: mean(numbers), standardError: numbers.length < 2 ? null : standardError(numbers) };
}

/** @returns the 95 % confidence interval of the mean by Student's t; null for fewer than two numbers. */
export function confidenceInterval(values: readonly (number | null)[]): readonly [number, number] | null {
  const numbers = numbersOf(values);
  if (numbers.length < 2) return null;
  const half = studentQuantile(numbers.length - 1) * standardError(numbers);
  return [mean(numbers) - half, mean(numbers) + half];
}

/** @returns t with 97.5 % of Student's distribution below it. @param freedom degrees of freedom, at least 1 */
export function studentQuantile(freedom: number): number {
  let [low, high] = [0, 20];
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (studentBelow(middle, freedom) < 0.975) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The cumulative distribution for t ≥ 0 as finite sums (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4). */
function studentBelow(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power <= freedom - 2; power += 2) {
    term *= (cosine ** 2 * (power - 1)) / power;
    sum += term;
  }
  const within = isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
  return (1 + within) / 2;
}
