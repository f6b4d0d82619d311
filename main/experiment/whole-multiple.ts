// Decides whether a time is a whole number of steps, in spite of binary fractions; used by the main process.

/** @returns whether `total` is one or more times `part`, within a billionth. */
export function isWholeMultiple(total: number, part: number): boolean {
  const times = Math.round(total / part);
  return times >= 1 && Math.abs(times * part - total) <= 1e-9 * total;
}
