// Rounding down to what a device can do: steps of current, samples, cycles; pure.

/** What arithmetic may take from a whole number. */
const whole = 1e-6;

/** @returns how many whole units fit into `value`, at least 1; undefined where there is not one, or no number */
export function wholeUnits(value: number, unit: number): number | undefined {
  const units = Math.floor(value / unit + whole);
  return Number.isFinite(units) && units >= 1 ? units : undefined;
}
