// Lines of a table for the terminal, each column as wide as its widest cell. Main process of the plain-Node shell.

/** Two spaces between columns; nothing behind the last. */
export function textTable(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}

/** @returns a number with three significant figures; `–` for none. */
export function shortNumber(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(3)));
}
