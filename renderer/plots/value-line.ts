// Shapes of small lines of values over time; runs in the page.

/** @returns the range of all lines with a margin, never empty. */
export function rangeOf(lines: readonly (readonly number[])[]): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const values of lines) {
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return [-1, 1];
  const margin = low === high ? Math.max(1e-6, Math.abs(low) / 10) : (high - low) / 20;
  return [low - margin, high + margin];
}

/** @returns an SVG path whose newest value stands at the right; empty for fewer than two values. */
export function lineThrough(
  values: readonly number[],
  capacity: number,
  height: number,
  low: number,
  high: number,
): string {
  const shown = values.slice(-capacity);
  if (shown.length < 2) return '';
  const first = capacity - shown.length;
  return shown
    .map((value, index) => {
      const y = height * (1 - (value - low) / (high - low));
      return `${index === 0 ? 'M' : 'L'}${first + index} ${Number(y.toFixed(2))}`;
    })
    .join('');
}
