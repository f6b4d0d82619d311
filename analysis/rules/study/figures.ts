// Numbers as tables, reports and plots show them; analysis process.

/** @returns a number with so many significant figures, without trailing zeros: 0.0345, 12.3, 4500. */
export function figure(value: number, significant = 3): string {
  const text = Number(value.toPrecision(significant));
  return Math.abs(text) >= 1e6 || (text !== 0 && Math.abs(text) < 1e-4) ? text.toExponential() : String(text);
}

export const figureOr = (value: number | null, otherwise: string, significant = 3): string =>
  value === null ? otherwise : figure(value, significant);
